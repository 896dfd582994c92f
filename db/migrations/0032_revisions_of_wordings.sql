-- A wording's version is that of its words, which a text is sent in. Its name, its purpose and whether it is in use change without a new version, so
-- whoever saves is held to this instead: nobody's change is lost under a colleague's.
alter table text_templates add column revision int not null default 1;
comment on column text_templates.revision is 'Grows with every save.';
