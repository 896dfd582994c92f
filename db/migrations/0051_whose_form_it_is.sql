-- A form that is posted without its session's cookie is kept for whoever opened it, found by the token that every form carries.
create index on sessions (csrf_token);
