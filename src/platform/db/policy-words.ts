/** Writes out the words in double braces of db/policies/*.sql. Their meaning is told in db/policies/README.md. */
export function writeOutPolicyWords(sql: string): string {
  return sql
    .replace(/\{\{table ([a-z_]+)\}\}/g, (_, table: string) => rowLevelSecurity(table))
    .replace(/\{\{whole ([a-z_]+) to ([a-z_, ]+)\}\}/g, (_, table: string, roles: string) => wholeTable(table, roles))
    .replace(/\{\{protected ([a-z_]+) by ([a-z_]+)(?:, (named|named as readers))?\}\}/g, (_, table: string, key: string, named?: Named) =>
      protectedRows(table, key, named),
    )
    .replace(
      /\{\{protected ([a-z_]+) by ([a-z_]+) and ([a-z_]+)(?:, (named as readers))?\}\}/g,
      (_, table: string, key: string, otherKey: string, named?: Named) => protectedRowsOfTwo(table, key, otherKey, named),
    )
    .replace(/\{\{([a-z_]+)\}\}/g, (whole, word: string) => {
      const expression = expressions[word]
      if (!expression) throw new Error(`A policy uses ${whole}, which db/policies/README.md does not know.`)
      return expression
    })
}

// current_setting(…, true) is null when never set on this connection and '' when set and reset: nullif covers both.
const list = (setting: string) => `(nullif(current_setting('lanyard.${setting}', true), ''))::int[]`

// Whoever looks in another's place sees what names them both (lookAs); at any other time neither list is set.
const isNamed = (as: 'principals' | 'read_principals') => `named_readers && ${list(as)} and (${list('named_as')} is null
  or named_readers && ${list('named_as')} and named_readers && ${list('named_beside')})`

const expressions: Record<string, string> = {
  principals: list('principals'),
  read_principals: list('read_principals'),
  write_principals: list('write_principals'),
  user_id: `(nullif(current_setting('lanyard.user_id', true), ''))::uuid`,
  administers: list('administers'),
  audits: list('audits'),
  triages: list('triages'),
  stranger: `(nullif(current_setting('lanyard.stranger', true), ''))::text[]`,
  signed_in: `nullif(current_setting('lanyard.principals', true), '') is not null`,
}

function rowLevelSecurity(table: string): string {
  return `alter table ${table} enable row level security; alter table ${table} force row level security;`
}

function wholeTable(table: string, roles: string): string {
  const name = `whole_for_${roles.replace(/[^a-z]+/g, '_').replaceAll('lanyard_', '')}`
  return `create policy ${name} on ${table} for all to ${roles} using (true) with check (true);`
}

/** Whether whoever is named is somebody, whatever their roles, or an agency by a post there that opens records. */
type Named = 'named' | 'named as readers'

function protectedRows(table: string, key: string, named?: Named): string {
  const among = named && isNamed(named === 'named' ? 'principals' : 'read_principals')
  const open = `(withheld && ${expressions['principals']}) is not true${among ? ` and (named_readers is null or ${among})` : ''}`
  const mayRead = `readers && ${expressions['read_principals']} and ${open}`
  const mayWrite = `editors && ${expressions['write_principals']} and ${open}`
  return policiesOf(table, mayRead, mayWrite, [key, ...lists])
}

/**
 * A row between two people is read by whoever may read both, and changed by whoever may read both and change one of them. Where an agency is named, which
 * says something of a person in a place of its own, it is read by whoever is of it besides, and changed by those of them who may change it there.
 */
function protectedRowsOfTwo(table: string, key: string, otherKey: string, named?: Named): string {
  const among = named ? ` and ${isNamed('read_principals')}` : ''
  const mayRead = `readers && ${expressions['read_principals']} and other_readers && ${expressions['read_principals']}
  and (withheld && ${expressions['principals']}) is not true and (other_withheld && ${expressions['principals']}) is not true${among}`
  const mayChange = named
    ? `editors && ${expressions['write_principals']} and named_readers && ${expressions['write_principals']}`
    : `(editors && ${expressions['write_principals']} or other_editors && ${expressions['write_principals']})`
  const mayWrite = `${mayChange} and ${mayRead}`
  return policiesOf(table, mayRead, mayWrite, [key, otherKey, ...lists, ...lists.map(one => `other_${one}`)])
}

const lists = ['readers', 'editors', 'withheld']

function policiesOf(table: string, mayRead: string, mayWrite: string, kept: readonly string[]): string {
  return `${rowLevelSecurity(table)}
create policy readable on ${table} for select to lanyard_web, lanyard_worker, lanyard_reporting using (${mayRead});
create policy addable on ${table} for insert to lanyard_web, lanyard_worker with check (${mayWrite});
create policy changeable on ${table} for update to lanyard_web, lanyard_worker using (${mayWrite}) with check (${mayWrite});
create policy kept_read on ${table} for select to lanyard_keeper using (true);
create policy kept on ${table} for update to lanyard_keeper using (true) with check (true);
grant select (${kept.join(', ')}), update (${kept.filter(column => lists.some(one => column.endsWith(one))).join(', ')}) on ${table} to lanyard_keeper;`
}
