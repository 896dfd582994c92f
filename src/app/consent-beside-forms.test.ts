import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addCase, addPerson, addTeam, as, type Case } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { grantAccess } from '../access/index.ts'
import { openPartToEdit } from '../cases/index.ts'
import { type ConsentWords, changeConsent, consentsOfCase, recordConsent } from '../consents/index.ts'
import { formOf, installDefinitions } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { installShippedDefinitions, shippedDefinitions } from '../services/index.ts'

// One fact in one place: whether an assessment was agreed to is a consent, and stands beside every form, which asks it no more (E4).

let product: Product
let tamsin: Colleague & { visitor: Visitor }
let partner: Colleague & { visitor: Visitor }
let theCase: Case

const earlyHelp = 'early-help-assessment'
const shipped = formOf(shippedDefinitions.find(one => (one as { code: string }).code === earlyHelp)).definition
/** As it came before, asking for itself. */
const before = {
  ...shipped,
  version: 1,
  pages: [
    {
      code: 'agreement',
      title: 'Agreement',
      sections: [
        {
          code: 'agreement',
          title: 'The family’s agreement',
          questions: [{ code: 'agreed', type: 'yes-no', label: 'Has the family agreed to this assessment?', required: true }],
        },
      ],
    },
  ],
}

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  const team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  const school = await addTeam(database, await addAgency(database))
  const enter = async (...given: Parameters<typeof addColleague>) => {
    const colleague = await addColleague(...given)
    return { ...colleague, visitor: await visitorOf(product).signIn(colleague) }
  }
  tamsin = await enter(database, team, { name: 'Tamsin Rowe' })
  partner = await enter(database, school, { name: 'Jenifer Bray' })
  theCase = await addCase(database, await addPerson(database, team), team)
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

/** As the owner who puts forms in at every start. */
async function asOwner(work: (owner: Parameters<typeof installDefinitions>[0]) => Promise<unknown>): Promise<void> {
  const owner = await product.database.admin.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${product.database.schema}`)
    await work(owner)
    await owner.query('commit')
  } finally {
    owner.release()
  }
}

async function start(): Promise<{ id: string; page: string }> {
  const { location } = await tamsin.visitor.post(paths.forms.start(theCase.id), { form: earlyHelp })
  const [, id, page] = /forms\/([0-9a-f-]{36})\/pages\/([\w-]+)/.exec(location ?? '') ?? []
  return { id: id!, page: page! }
}

const asked = (words: Partial<ConsentWords>) =>
  as(product.database, tamsin, async (tx, actor) => {
    const place = await openPartToEdit(tx, actor, theCase.id, 'consent')
    const blank = {
      authority: '',
      capacity: 'no-doubt',
      capacityBecause: '',
      documentId: null,
      withoutConsent: '',
      withoutBecause: '',
      because: '',
    }
    await recordConsent(tx, actor, new Date(), place!, {
      ...blank,
      purposes: ['assess', 'share'],
      shareWhat: 'The plan',
      shareWith: 'School; not the police',
      answer: 'given',
      askedOn: asPlainDate('2026-11-02'),
      askedBy: 'Tamsin Rowe',
      how: 'in-person',
      answeredBy: 'PENROSE, Oksana, mother',
      evidence: 'Signed',
      untilOn: asPlainDate('2999-05-01'),
      ...words,
    })
  })

test('an assessment that was completed while it asked for itself still shows what was answered; a new one asks no more', async () => {
  await product.database.admin.query('delete from form_definitions where code = $1', [earlyHelp])
  await asOwner(owner => installDefinitions(owner, [before], new Date()))
  const { id, page } = await start()
  await fillIn(tamsin.visitor, paths.forms.page(theCase.id, id, page), { agreed: 'yes' })
  await fillIn(tamsin.visitor, paths.forms.check(theCase.id, id))
  await asOwner(owner => installShippedDefinitions(owner, new Date()))
  const { words } = await tamsin.visitor.get(paths.forms.show(theCase.id, id))
  expect(words).toMatch(/Completed.*Has the family agreed to this assessment\? Yes/)
  const next = await start()
  expect(next.page).toBe('child')
  for (const { code } of shipped.pages)
    expect((await tamsin.visitor.get(paths.forms.page(theCase.id, next.id, code))).words).not.toMatch(/agreed to this assessment/i)
})

describe('beside every form stands', () => {
  const pages = async () => {
    const { id, page } = await start()
    return [
      paths.forms.begin(theCase.id),
      paths.forms.page(theCase.id, id, page),
      paths.forms.show(theCase.id, id),
      paths.forms.print(theCase.id, id),
    ]
  }

  test('that nobody wrote anything down, and where to ask', async () => {
    for (const path of await pages()) {
      const { words, html } = await tamsin.visitor.get(path)
      expect(words, path).toMatch(/Consent today An assessment Not on record Nobody wrote down whether they agree/)
      expect(html, path).toContain(paths.consents.ofCase(theCase.id))
    }
  })

  test('[E4] what was agreed, by whom, by what right, to whom it may go, and until when', async () => {
    await asked({ authority: 'parental-responsibility', capacity: 'child-does-not', capacityBecause: 'He is four' })
    for (const path of await pages())
      expect((await tamsin.visitor.get(path)).words, path).toMatch(
        /An assessment Agreed PENROSE, Oksana, mother, has parental responsibility; asked on 02\/11\/2026 by Tamsin Rowe Until 01\/05\/2999 Sharing what is recorded Agreed The plan\. With: School; not the police Everything about consent/,
      )
  })

  test('[E4] a refusal, with the lawful reason for which it was gone on', async () => {
    await asked({ answer: 'refused', untilOn: null, purposes: ['assess'], shareWhat: '', shareWith: '' })
    expect((await tamsin.visitor.get(paths.forms.begin(theCase.id))).words).toContain('An assessment was refused')
    await as(product.database, tamsin, async (tx, actor) => {
      const place = await openPartToEdit(tx, actor, theCase.id, 'consent')
      const [last] = await consentsOfCase(tx, theCase.id)
      await changeConsent(tx, actor, new Date(), place!, last!, {
        withoutConsent: 'child-protection',
        withoutBecause: 'Xanthe was hurt',
      })
    })
    for (const path of await pages())
      expect((await tamsin.visitor.get(path)).words, path).toMatch(
        /An assessment Refused .*Gone on without it: a child may suffer significant harm\. Xanthe was hurt/,
      )
  })

  test('[U13] nothing of it for whoever may read the forms and not the consents', async () => {
    await as(product.database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, new Date(), {
        caseId: theCase.id,
        kind: 'share',
        holder: partner.principal,
        level: 'edit',
        parts: ['forms'],
        purpose: 'To add to it',
        lawfulBasis: 'consent',
      }),
    )
    const { id, page } = await start()
    for (const path of [paths.forms.page(theCase.id, id, page), paths.forms.show(theCase.id, id), paths.forms.print(theCase.id, id)]) {
      const { status, words } = await partner.visitor.get(path)
      expect([status, /Consent today|Oksana|Xanthe/.test(words)], path).toEqual([200, false])
    }
  })
})
