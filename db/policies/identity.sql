-- What sign-in needs beyond the core. Credentials, devices and resets stay the gate's; an administrator may add a first password and an
-- invitation for a user of an agency that they administer, and can neither read them again nor replace one that is there.

{{table known_devices}}
grant select, insert, update, delete on known_devices to lanyard_gate;
{{whole known_devices to lanyard_gate}}

{{table passkeys}}
grant select, insert, delete on passkeys to lanyard_gate;
grant update (name, counter, last_used_at) on passkeys to lanyard_gate;
{{whole passkeys to lanyard_gate}}
{{table passkey_challenges}}
grant select, insert, delete on passkey_challenges to lanyard_gate;
{{whole passkey_challenges to lanyard_gate}}

-- Providers: entered by the authority's administrators, who never read a secret again. Who is who there is the gate's.
{{table sign_in_providers}}
grant select (id, name, profile, issuer, client_id, client_authentication, scopes, prompt, acr_values, max_age, subject_claims, claims_needed,
  second_factor_claims, phishing_resistant_claims, links_invited, agency, ends_session_there, enabled, checked_at, checked_by, version)
  on sign_in_providers to lanyard_web;
grant insert (id, name, profile, issuer, client_id, client_secret, client_authentication, scopes, prompt, acr_values, max_age, subject_claims, claims_needed,
  second_factor_claims, phishing_resistant_claims, links_invited, agency, ends_session_there, enabled, checked_at, checked_by, version)
  on sign_in_providers to lanyard_web;
grant update (name, issuer, client_id, client_secret, client_authentication, scopes, prompt, acr_values, max_age, subject_claims, claims_needed,
  second_factor_claims, phishing_resistant_claims, links_invited, agency, ends_session_there, enabled, checked_at, checked_by, version)
  on sign_in_providers to lanyard_web;
create policy authority_reads on sign_in_providers for select to lanyard_web using (0 = any ({{administers}}));
create policy authority_adds on sign_in_providers for insert to lanyard_web with check (0 = any ({{administers}}));
create policy authority_changes on sign_in_providers for update to lanyard_web using (0 = any ({{administers}}));
grant select on sign_in_providers to lanyard_gate;
create policy gate_reads on sign_in_providers for select to lanyard_gate using (true);
{{table provider_identities}}
grant select, insert, delete on provider_identities to lanyard_gate;
grant update (last_used_at) on provider_identities to lanyard_gate;
{{whole provider_identities to lanyard_gate}}
{{table provider_sign_ins}}
grant select, insert, delete on provider_sign_ins to lanyard_gate;
{{whole provider_sign_ins to lanyard_gate}}

grant insert (user_id, agency, password_hash, password_changed_at, must_change_password) on credentials to lanyard_web;
create policy first_password on credentials for insert to lanyard_web with check (agency = any ({{administers}}));

grant insert (token_hash, user_id, agency, purpose, created_at, expires_at) on password_resets to lanyard_web;
create policy invitation on password_resets for insert to lanyard_web with check (agency = any ({{administers}}) and purpose = 'invitation');

-- A post whose role only the authority gives: an agency's own administrators neither give it nor end it.
grant insert (role_authority_only) on posts to lanyard_web;
create policy authority_gives on posts as restrictive for insert to lanyard_web with check (not role_authority_only or 0 = any ({{administers}}));
create policy authority_ends on posts as restrictive for update to lanyard_web using (not role_authority_only or 0 = any ({{administers}}));
