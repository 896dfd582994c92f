import { readerOf } from '../../cases/index.ts'
import {
  addOption,
  archiveOption,
  type KeptOption,
  keptOptions,
  nameOfList,
  placeOption,
  renameOption,
  sourceOption,
} from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, errorFor, type FieldError, Form, Input, Tag } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { forAuthority } from '../rights.ts'
import { serviceAreas } from '../timescales/choices.ts'

/** The choices that an authority keeps: put into other words, in another order, added, taken out of use. What was chosen stays readable. */
export function listRoutes(routes: Routes): void {
  const may = { may: 'manage-settings' } as const
  const key = ':listKey'
  routes.get(paths.settings.lists, may, forAuthority(lists))
  routes.get(
    paths.settings.list(key),
    may,
    forAuthority(visit => onList(visit, of => list(visit, of))),
  )
  routes.get(
    paths.settings.addOption(key),
    may,
    forAuthority(visit => onList(visit, of => addPage(visit, of, noFields, []))),
  )
  routes.post(
    paths.settings.addOption(key),
    may,
    forAuthority(visit => onList(visit, of => add(visit, of))),
  )
  routes.get(
    paths.settings.option(key, ':optionCode'),
    may,
    forAuthority(visit => onOption(visit, (of, option) => changePage(visit, of, option, noFields, []))),
  )
  routes.post(
    paths.settings.option(key, ':optionCode'),
    may,
    forAuthority(visit => onOption(visit, (of, option) => change(visit, of, option))),
  )
}

/** One list: its own name, the service that has it for its own, its choices. */
type OfList = { list: string; serviceArea: string; name: string; options: readonly KeptOption[] }

const keyOf = ({ list, serviceArea }: Pick<OfList, 'list' | 'serviceArea'>): string => (serviceArea ? `${list}--${serviceArea}` : list)

async function allLists({ tx }: Visit): Promise<OfList[]> {
  const services = new Map((await serviceAreas(tx)).map(one => [one.code, one.name]))
  return [...Map.groupBy(await keptOptions(tx), keyOf).values()]
    .map((options): OfList => {
      const { list, serviceArea } = options[0]!
      const name = serviceArea ? `${nameOfList(list)}, ${services.get(serviceArea) ?? serviceArea}` : nameOfList(list)
      return { list, serviceArea, name, options }
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}

async function onList(visit: Visit, answer: (of: OfList) => Promise<Answer>): Promise<Answer> {
  const of = (await allLists(visit)).find(one => keyOf(one) === visit.params['listKey'])
  return of ? answer(of) : notFound()
}

const onOption = (visit: Visit, answer: (of: OfList, option: KeptOption) => Promise<Answer>): Promise<Answer> =>
  onList(visit, async of => {
    const option = of.options.find(one => one.code === visit.params['optionCode'])
    return option ? answer(of, option) : notFound()
  })

async function lists(visit: Visit): Promise<Answer> {
  return listPage(
    visit.actor,
    'lists',
    'Lists',
    <>
      <p class="govuk-body">
        Choices that people pick from. Put them into your own words, add to them, take out of use what you do not need: what was chosen
        before stays readable. Where a service has a list of its own, it has that in place of the general one.
      </p>
      <DataTable<OfList>
        caption="Lists"
        captionHidden
        rows={await allLists(visit)}
        keyOf={keyOf}
        columns={[
          {
            heading: 'List',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.settings.list(keyOf(one))}>
                {one.name}
              </a>
            ),
          },
          { heading: 'Choices in use', numeric: true, cell: one => String(one.options.filter(each => !each.archived).length) },
        ]}
      />
    </>,
  )
}

async function list({ actor }: Visit, of: OfList): Promise<Answer> {
  return listPage(
    actor,
    'lists',
    of.name,
    <DataTable<KeptOption>
      caption={of.name}
      captionHidden
      rows={of.options}
      keyOf={one => one.code}
      columns={[
        {
          heading: 'Choice',
          rowHeader: true,
          cell: one => (
            <>
              <a class="govuk-link" href={paths.settings.option(keyOf(of), one.code)}>
                {one.label}
              </a>{' '}
              {one.archived ? <Tag text="not in use" classes="govuk-tag--grey" /> : null}
            </>
          ),
        },
        { heading: 'Source', cell: one => one.source || 'None given', second: one => (one.verified ? 'Checked' : 'Not yet checked') },
      ]}
    />,
    <Button href={paths.settings.addOption(keyOf(of))}>Add a choice</Button>,
  )
}

const back = (of: OfList) => ({ href: paths.settings.list(keyOf(of)), text: of.name })

async function addPage(visit: Visit, of: OfList, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  return formPage(
    back(of),
    'Add a choice',
    errors,
    <Form {...visit.form} action={paths.settings.addOption(keyOf(of))}>
      {words(typed, errors, '')}
      {source(typed, errors, '')}
      <Button>Add it</Button>
    </Form>,
  )
}

const words = (typed: Fields, errors: readonly FieldError[], before: string) => (
  <Input
    name="label"
    label={{ text: 'In words', classes: 'govuk-label--s' }}
    value={typed.has('label') ? typed.typed('label') : before}
    errorMessage={errorFor(errors, 'label')}
  />
)
const source = (typed: Fields, errors: readonly FieldError[], before: string) => (
  <Input
    name="source"
    label={{ text: 'Where it is laid down (optional)', classes: 'govuk-label--s' }}
    value={typed.has('label') ? typed.typed('source') : before}
    errorMessage={errorFor(errors, 'source')}
  />
)

/** What was typed of a choice; its words must be no other choice's that is in use. */
function readWords(fields: Fields, of: OfList, but?: KeptOption) {
  const read = readerOf(fields)
  const label = read.needed('label', 'The words', 'Enter the choice in words', 200)
  if (label && of.options.some(one => one !== but && !one.archived && one.label.toLowerCase() === label.toLowerCase()))
    read.refuse('label', 'There is a choice of these words already')
  return { read, label, source: read.text('source', 'Where it is laid down', 300) }
}

async function add(visit: Visit, of: OfList): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { read, label, source: from } = readWords(fields, of)
  if (read.errors.length > 0) return addPage(visit, of, fields, read.errors)
  const code = codeFor(
    label,
    of.options.map(one => one.code),
  )
  await addOption(tx, actor, clock.now(), { list: of.list, serviceArea: of.serviceArea, code, label, source: from })
  return redirect(back(of).href, { notice: `“${label}” can be chosen from now on.` })
}

/** What records keep: of the first words, and of no other choice. */
function codeFor(label: string, taken: readonly string[]): string {
  const plain = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const code =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'choice'
  let free = code
  for (let n = 2; taken.includes(free); n++) free = `${code}-${n}`
  return free
}

async function changePage(visit: Visit, of: OfList, option: KeptOption, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const fresh = !typed.has('label')
  return formPage(
    back(of),
    option.label,
    errors,
    <Form {...visit.form} action={paths.settings.option(keyOf(of), option.code)}>
      {words(typed, errors, option.label)}
      <Input
        name="place"
        label={{ text: 'Its place in the list', classes: 'govuk-label--s' }}
        hint={`From 1 to ${of.options.length}. The others keep their order around it`}
        classes="govuk-input--width-3"
        inputmode="numeric"
        value={fresh ? String(of.options.indexOf(option) + 1) : typed.typed('place')}
        errorMessage={errorFor(errors, 'place')}
      />
      {source(typed, errors, option.source)}
      <Checkboxes
        name="state"
        classes="govuk-checkboxes--small"
        values={fresh ? [option.archived ? '' : 'in-use', option.verified ? 'verified' : ''] : typed.all('state')}
        items={[
          { value: 'in-use', text: 'It can be chosen', hint: { text: 'Where it is not, what was chosen before stays readable' } },
          { value: 'verified', text: 'I have compared it with where it is laid down' },
        ]}
      />
      <p class="govuk-body">Other words hold for what was chosen before as well: for another meaning add another choice.</p>
      <Button>Save</Button>
    </Form>,
  )
}

async function change(visit: Visit, of: OfList, option: KeptOption): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { read, label, source: from } = readWords(fields, of, option)
  const place = Number(fields.text('place'))
  if (!Number.isInteger(place) || place < 1 || place > of.options.length)
    read.refuse('place', `Its place must be a whole number from 1 to ${of.options.length}`)
  if (read.errors.length > 0) return changePage(visit, of, option, fields, read.errors)
  const now = clock.now()
  const which = { list: of.list, serviceArea: of.serviceArea, code: option.code }
  const [inUse, verified] = ['in-use', 'verified'].map(one => fields.all('state').includes(one))
  if (label !== option.label) await renameOption(tx, actor, now, which, label)
  if (place !== of.options.indexOf(option) + 1) await placeOption(tx, actor, now, which, place)
  if (from !== option.source || verified !== option.verified)
    await sourceOption(tx, actor, now, which, { source: from, verified: verified! })
  if (inUse === option.archived) await archiveOption(tx, actor, now, which, !inUse)
  return redirect(back(of).href, { notice: `Saved: ${label}.` })
}
