import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { protectedTables } from '../../db/protected-tables.ts'
import { actionWords } from '../../src/audit/action-words.ts'
import { capabilities } from '../../src/platform/capabilities.ts'

// What must be true of the source wherever it stands, so that a module of next year is held to it too.

const files = globSync('src/**/*.{ts,tsx}')
  // These set the scene as the owner of an empty schema.
  .filter(file => !/\.test\.tsx?$|^src\/demonstration\/|^src\/identity\/set-up-authority|\.generated\.ts$|\/testing\//.test(file))
  .map(file => ({ file, module: file.split('/')[1]!, text: withoutComments(readFileSync(file, 'utf8')) }))

const tables = [
  ...new Set(
    globSync('db/migrations/*.sql').flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/create table ([a-z_]+)/g)].map(([, name]) => name!),
    ),
  ),
]

/** Tables of the migrations' own making that no module writes. */
const writes = (text: string): { table: string; how: 'insert' | 'update' | 'delete' }[] => [
  ...found(text, /\binsert\s+into\s+([a-z_]+)|insertInto\('([a-z_]+)'\)/g, 'insert'),
  ...found(text, /(?<!for\s|no\s+key\s|do\s)\bupdate\s+([a-z_]+)\s+(?:[a-z]\s+|as\s+[a-z]\s+)?set\b|updateTable\('([a-z_]+)'\)/g, 'update'),
  ...found(text, /\bdelete\s+from\s+([a-z_]+)|deleteFrom\('([a-z_]+)'\)/g, 'delete'),
]

function found(text: string, pattern: RegExp, how: 'insert' | 'update' | 'delete') {
  return [...text.matchAll(pattern)]
    .map(([, sql, builder]) => ({ table: (sql ?? builder)!, how }))
    .filter(({ table }) => tables.includes(table))
}

/**
 * Where a second module writes a table, and why that is right. Everything else is written by one module alone, which keeps its rules.
 */
const alsoWrittenBy: Readonly<Record<string, { modules: readonly string[]; because: string }>> = {
  principals: { modules: ['access', 'admin'], because: 'Each makes its own kinds: windows and meetings; users, teams and agencies.' },
  users: {
    modules: ['admin', 'identity'],
    because: 'An administrator keeps users; the gate marks that somebody signed in. Their grants are of different columns.',
  },
  texts: {
    modules: ['access', 'texts'],
    because: 'The keeper lets them follow their case to another service: some may be withheld from whoever passes it on.',
  },
  household_members: {
    modules: ['people', 'relationships'],
    because: 'An address that is made secret is taken out of the household in the same act, by the one who still reads it.',
  },
  conversations: { modules: ['access', 'messages'], because: 'The keeper writes who is in it, as it writes the lists of every row.' },
  conversation_members: { modules: ['access', 'messages'], because: 'The keeper takes out whoever has left their agency.' },
  message_versions: { modules: ['access', 'messages'], because: 'The same; what was withdrawn is left its author’s.' },
  message_files: { modules: ['access', 'messages'], because: 'As with what was withdrawn.' },
  meeting_answers: {
    modules: ['access', 'meetings'],
    because: 'The keeper opens research and minutes when they go round, to whom and nothing else.',
  },
  meeting_research: { modules: ['access', 'meetings'], because: 'As with answers.' },
  meeting_entries: { modules: ['access', 'meetings'], because: 'As with answers.' },
  meeting_members: {
    modules: ['access', 'meetings'],
    because: 'Whoever loses the post for which they sat leaves the seat: the keeper’s to end.',
  },
  meeting_items: {
    modules: ['access', 'meetings'],
    because: 'What somebody referred for an agency that they have left is followed by its seat.',
  },
  meeting_actions: { modules: ['access', 'meetings'], because: 'What they were given to do there goes back to the seat.' },
  meeting_action_entries: { modules: ['access', 'meetings'], because: 'As with actions.' },
  meeting_evidence: { modules: ['access', 'meetings'], because: 'As with actions.' },
  outside_referrals: { modules: ['access', 'referrals'], because: 'The keeper passes one on to another inbox, which is who reads it.' },
  outside_files: { modules: ['access', 'referrals'], because: 'As with the referral that they are of.' },
  agencies: { modules: ['admin', 'identity'], because: 'The owner makes the first one from the command line; administrators keep them.' },
  teams: { modules: ['admin', 'identity'], because: 'As with agencies.' },
  posts: { modules: ['admin', 'identity'], because: 'As with agencies.' },
  credentials: {
    modules: ['admin', 'identity'],
    because: 'An administrator may add a first password and never read or replace one; the rest is the gate’s.',
  },
}

describe('every table', () => {
  test('is written by one module', () => {
    const writers = new Map<string, Set<string>>()
    for (const { module, text } of files)
      for (const { table } of writes(text)) writers.set(table, (writers.get(table) ?? new Set()).add(module))
    const shared = [...writers].filter(([, modules]) => modules.size > 1).map(([table, modules]) => [table, [...modules].sort().join(' ')])
    expect(Object.fromEntries(shared)).toEqual(
      Object.fromEntries(Object.entries(alsoWrittenBy).map(([table, { modules }]) => [table, [...modules].sort().join(' ')])),
    )
  })
})

describe('every row of a case', () => {
  const caseTables = new Set(protectedTables.filter(table => table.of === 'case').map(table => table.table))

  test('is added by a file that holds the case while it reads the lists', () => {
    const careless = files
      .filter(({ module, text }) => module !== 'access' && writes(text).some(({ table, how }) => how === 'insert' && caseTables.has(table)))
      .filter(({ text }) => !/\b(listsForPart|listsForPartOfMany|listsForNewCase|holdCase|lockCase|openPart|openPartToEdit)\b/.test(text))
      .map(({ file }) => file)
      .sort()
    expect(careless).toEqual([...knownCareful].sort())
  })
})

/** Files that are handed lists, or a case that is held, by whoever calls them; and one whose rows live for seconds and hold no record. */
const knownCareful: readonly string[] = [
  // `place.lists` and `part.lists` come from openPartToEdit, which holds the case.
  'src/cases/notes/record-note.ts',
  'src/cases/plans/change-plan.ts',
  'src/consents/keep-consent.ts',
  'src/tasks/add-task/add-task.ts',
  // The case was locked by the page; its lists are written anew straight after.
  'src/cases/triage-referral/triage.ts',
  // The conversation is held, after the case that it is about (`conversationToChange`); a new one carries the lists of an open subject.
  'src/messages/files.ts',
  'src/messages/send.ts',
  'src/messages/start.ts',
  // Copies the lists of rows that its callers have just written, each holding the case.
  'src/texts/write-texts.ts',
  // Who has a form open at this moment: seen by readers of the form, for as long as it stays open.
  'src/forms/answer-sets/presence.ts',
]

describe('the keeper', () => {
  test('is called by src/access alone', () => {
    const callers = files
      .filter(
        ({ module, file, text }) => /\basKeeper\b|lanyard_keeper/.test(text) && module !== 'access' && !file.startsWith('src/platform/'),
      )
      .map(({ file }) => file)
    expect(callers).toEqual([])
  })

  test('is the only way to another role', () => {
    const others = files
      .filter(({ file, text }) => /set (local )?role/.test(text) && file !== 'src/platform/actor.ts')
      .map(({ file }) => file)
    expect(others.sort()).toEqual(['src/app/prepare.ts', 'src/platform/db/migrate.ts', 'src/platform/jobs.ts'])
  })

  test('writes access lists; nobody else does after a row is there', () => {
    const writers = files
      .filter(({ module, text }) => module !== 'access' && /set\s+(readers|editors|withheld)\s*=/.test(text))
      .map(({ file }) => file)
    expect(writers).toEqual([])
  })
})

describe('a search token', () => {
  test('is read beside the person it leads to, whom row-level security may hide', () => {
    const alone = files
      .filter(({ module, text }) => module !== 'access' && /from person_tokens/.test(text) && !/\bpeople\b/.test(text))
      .map(({ file }) => file)
    expect(alone).toEqual([])
  })
})

describe('every act that is recorded', () => {
  test('has its words', () => {
    const missing = new Set<string>()
    for (const { text } of files) {
      for (const [, action] of text.matchAll(/\baction: '([a-z]+(?:-[a-z]+)+)'/g)) if (!actionWords[action!]) missing.add(action!)
      for (const [, action] of text.matchAll(
        /\b(?:auditAccount|auditItem|about|subject|read|told|did|auditOf)\((?:[a-zA-Z.]+, )*'([a-z]+(?:-[a-z]+)+)'/g,
      ))
        if (!actionWords[action!]) missing.add(action!)
    }
    expect([...missing].sort()).toEqual([])
  })

  test('is made of kinds that have their words, where the action is put together', () => {
    const missing: string[] = []
    const kindsIn = (file: string) =>
      [...readFileSync(file, 'utf8').matchAll(/\| \{ (?:readonly )?kind: '([a-z-]+)'/g)].map(([, kind]) => kind!)
    for (const [prefix, file] of [['case', 'src/cases/status.ts']] as const)
      for (const kind of kindsIn(file)) if (!actionWords[`${prefix}-${kind}`]) missing.push(`${prefix}-${kind}`)
    for (const kind of ['completed', 'signed-off', 'reopened']) if (!actionWords[`form-${kind}`]) missing.push(`form-${kind}`)
    expect(missing).toEqual([])
  })
})

describe('every capability', () => {
  test('is asked for somewhere', () => {
    const text = files
      .filter(({ file }) => file !== 'src/platform/capabilities.ts' && file !== 'src/identity/set-up-authority.ts')
      .map(one => one.text)
      .join('\n')
    const idle = Object.keys(capabilities).filter(one => !text.includes(`'${one}'`))
    expect(idle).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
}
