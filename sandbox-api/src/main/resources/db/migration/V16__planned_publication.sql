-- Jobs that name a planned publication of their agreement. Their query is the agreement's.

alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind in ('sql', 'publication', 'anonymize'));
