-- What may be told of a version's values for dummy data, if its provider's order permits it: protected, made in the domain.
alter table dataset_version add column profile text;
