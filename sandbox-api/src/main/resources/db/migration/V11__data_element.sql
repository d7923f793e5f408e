-- Jobs that de-identify, and the data elements that came of them: 第三十二条第二款, 第三十八条.

alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind in ('sql', 'anonymize'));

create table data_element (
    release text primary key references release,
    job text not null unique references job,
    source_dataset text not null references dataset,
    source_number integer not null,
    -- Of the source when the element was released: what is reclassified.
    source_open text not null,
    synthetic boolean not null,
    provider text not null references organization,
    -- sha256 of table.csv: the batch of a dataset that is loaded from it.
    content_digest text not null,
    -- sha256 of how it was de-identified, and of what that did: what the law wants kept.
    scheme_digest text not null,
    assessment_digest text not null,
    attributes text not null,
    policy text not null,
    basis text not null,
    registered_at timestamptz not null
);
create index data_element_by_source on data_element (source_dataset);

-- The element that a version of a dataset was derived from.
alter table dataset_version add column element text references data_element;
