-- A case: one spell of one service's work with a person.

create table cases (
  id uuid primary key,
  person_id uuid not null references people (id) on delete restrict,
  service_area text not null references service_areas (code) on delete restrict,
  team_id uuid not null,
  agency int not null,
  restricted boolean not null default false,
  version int not null default 1,
  readers int[] not null,
  editors int[] not null,
  withheld int[] not null default '{}',
  constraint cases_team foreign key (team_id, agency) references teams (id, agency) on delete restrict
);
create index on cases (person_id);
create index on cases (team_id, agency);
create index on cases (service_area);
