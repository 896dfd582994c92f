-- An agency that manages its own users makes roles of its own for them (E3): out of what the authority lets agencies give, for its own teams.

alter table roles add column agency int references agencies (principal) on delete restrict;
create index on roles (agency);
comment on column roles.agency is 'Whose role it is; null for the authority''s, which every agency may give unless it is authority_only.';
alter table roles add constraint roles_of_an_agency_are_its_to_give check (agency is null or not authority_only);
alter table roles drop constraint roles_name_key;
create unique index roles_name_once on roles (coalesce(agency, 0), lower(name));
