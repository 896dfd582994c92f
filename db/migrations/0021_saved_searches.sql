-- F9: searches that somebody keeps, for themself or for a team. The search is shared, never what it finds: whoever opens it finds what they may see.
create table saved_searches (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null constraint saved_searches_named check (char_length(name) between 1 and 60),
  query text not null constraint saved_searches_query_short check (char_length(query) <= 10000),
  team int references principals (id) on delete cascade,
  created_at timestamptz not null
);
create index on saved_searches (user_id);
create index on saved_searches (team);
comment on column saved_searches.query is 'What follows the question mark of the search page: five boxes of 200 characters, each of which may take nine in an address.';
comment on column saved_searches.team is 'The principal of the team that it is shared with; null for its owner alone.';

create table saved_search_looks (
  saved_search_id uuid not null references saved_searches (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  looked_at timestamptz not null,
  primary key (saved_search_id, user_id)
);
create index on saved_search_looks (user_id);
comment on table saved_search_looks is 'When somebody last opened a saved search, so that what is new since then can be said. Theirs alone.';
