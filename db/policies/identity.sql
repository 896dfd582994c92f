-- What sign-in needs beyond the core. Credentials, devices and resets stay the gate's; an administrator may add a first password and an
-- invitation for a user of an agency that they administer, and can neither read them again nor replace one that is there.

{{table known_devices}}
grant select, insert, update, delete on known_devices to lanyard_gate;
{{whole known_devices to lanyard_gate}}

grant insert (user_id, agency, password_hash, password_changed_at, must_change_password) on credentials to lanyard_web;
create policy first_password on credentials for insert to lanyard_web with check (agency = any ({{administers}}));

grant insert (token_hash, user_id, agency, purpose, created_at, expires_at) on password_resets to lanyard_web;
create policy invitation on password_resets for insert to lanyard_web with check (agency = any ({{administers}}) and purpose = 'invitation');

-- A post whose role only the authority gives: an agency's own administrators neither give it nor end it.
grant insert (role_authority_only) on posts to lanyard_web;
create policy authority_gives on posts as restrictive for insert to lanyard_web with check (not role_authority_only or 0 = any ({{administers}}));
create policy authority_ends on posts as restrictive for update to lanyard_web using (not role_authority_only or 0 = any ({{administers}}));
