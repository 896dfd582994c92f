-- Whoever leaves an agency loses what stood in their own name. What was being given to them at that very moment would come after: by this the giver sees
-- that they have left since the giving began.

create table leavings (
  user_id uuid primary key references users (id) on delete cascade,
  in_transaction xid8 not null
);
comment on table leavings is
  'Who has left an agency, and in which transaction last. It says something to transactions that were open then, and nothing to later ones.';
