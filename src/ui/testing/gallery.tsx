import type { VNode } from 'preact'
import { asPlainDate } from '../../platform/plain-date.ts'
import {
  AlertBar,
  Button,
  Columns,
  DataTable,
  DateInput,
  DoNext,
  Due,
  EmptyState,
  errorFor,
  errorSummaryFor,
  Facts,
  Figures,
  FilterChips,
  FlagTag,
  Form,
  Input,
  type PageShell,
  PageTitle,
  PasswordInput,
  Radios,
  RecordBanner,
  type RiskLevel,
  RiskTag,
  renderDocument,
  Select,
  type Session,
  SideBySide,
  SidePanel,
  Steps,
  Tag,
  Textarea,
  Timeline,
  When,
} from '../index.ts'

const today = asPlainDate('2026-11-17')
const session: Session = {
  name: 'Tamsin Rowe',
  agencyName: 'Porthkerris Council',
  csrf: 'token',
  canSearch: true,
  actions: [
    { key: 'contact', text: '+ Record contact', href: '#contact' },
    { key: 'notices', text: 'Notices', href: '#notices', count: 3, countWords: 'unread' },
  ],
  menu: [{ text: 'Your account', href: '#account' }],
}
const navigation = {
  current: 'work',
  items: [
    { key: 'work', text: 'My work', href: '#work' },
    { key: 'team', text: 'Team', href: '#team' },
    { key: 'people', text: 'People', href: '#people' },
    { key: 'referrals', text: 'Referrals', href: '#referrals', count: 2, countWords: 'waiting' },
    { key: 'messages', text: 'Messages', href: '#messages', count: 5, countWords: 'unread' },
    { key: 'reports', text: 'Reports', href: '#reports' },
  ],
}

/** Pages made of our own components with invented content, by name. For tests, and to look at while changing them. */
export function galleryPages(asset: (name: string) => string): Record<string, string> {
  const signedIn: Omit<PageShell, 'title' | 'body'> = {
    asset,
    wide: true,
    session,
    navigation,
    footer: [{ text: 'Help', href: '#help' }],
    printHeader: 'PENROSE, Jago · printed 17/11/2026 10:02 by Tamsin Rowe',
  }
  return {
    work: renderDocument({ ...signedIn, title: 'My work', body: work() }),
    person: renderDocument({ ...signedIn, title: 'PENROSE, Jago', body: person(), classification: 'OFFICIAL-SENSITIVE · Early help' }),
    form: renderDocument({ ...signedIn, title: 'Edit address', hasErrors: true, body: form(), notice: 'The note was saved.' }),
    compare: renderDocument({ ...signedIn, title: 'What changed', body: compare(), demonstration: 'All people here are invented.' }),
    'sign-in': renderDocument({
      asset,
      wide: false,
      title: 'Sign in',
      body: signIn(),
      quickExit: true,
      footer: [{ text: 'Help', href: '#help' }],
    }),
  }
}

type Case = {
  name: string
  second: string
  service: string
  stage: string
  risk: RiskLevel
  flag?: string
  next: string
  due: string
  last: string
}
const cases: Case[] = [
  {
    name: 'PENROSE, Jago',
    second: '12 · LY 4K7-Q92-8',
    service: 'Early help',
    stage: 'Assessment',
    risk: 'high',
    next: 'Finish assessment',
    due: '2026-11-14',
    last: '2026-11-12',
  },
  {
    name: 'ANGWIN, Loveday',
    second: '34 · LY 2M3-H11-5',
    service: 'Domestic abuse',
    stage: 'Active support',
    risk: 'high',
    flag: 'Safe contact rules',
    next: 'Safety plan review',
    due: '2026-11-16',
    last: '2026-11-16',
  },
  {
    name: 'KOVALENKO, Oksana',
    second: '29 · LY 9P0-A47-1',
    service: 'Homes for Ukraine',
    stage: 'Settled',
    risk: 'low',
    next: 'Wellbeing visit',
    due: '2026-11-17',
    last: '2026-10-27',
  },
  {
    name: 'BOLITHO, Denzil',
    second: '41 · LY 7T6-C20-3',
    service: 'Drug and alcohol',
    stage: 'Tier 3 episode',
    risk: 'medium',
    next: 'TOP review',
    due: '2026-11-19',
    last: '2026-11-09',
  },
  {
    name: 'TREGENZA, Hedley',
    second: '67 · LY 3B8-N55-0',
    service: 'Section 117',
    stage: 'Entitled',
    risk: 'not-rated',
    next: 'First review',
    due: '2026-11-27',
    last: '2026-10-18',
  },
]

function work(): VNode {
  return (
    <>
      <PageTitle title="My work" context="Tuesday 17 November 2026 · Early Help West · 34 open cases" />
      <Figures
        label="Your cases in numbers"
        items={[
          { count: 4, label: 'overdue', href: '?due=late', urgent: true },
          { count: 6, label: 'due today', href: '?due=today' },
          { count: 11, label: 'due this week', href: '?due=week' },
          { count: 3, label: 'no contact for 14 days', href: '?contact=none' },
          { count: 2, label: 'new to me', href: '?new=yes' },
        ]}
      />
      <Columns
        aside={
          <SidePanel id="today" title="Today">
            <p>
              <strong>10:30</strong> Team meeting
            </p>
          </SidePanel>
        }
      >
        <FilterChips
          label="Views of your cases"
          heading={<h2>34 cases</h2>}
          items={[
            { text: 'What to do next', href: '?sort=due', current: true },
            { text: 'By risk', href: '?sort=risk' },
            { text: 'Longest without contact', href: '?sort=contact' },
          ]}
        />
        <DataTable
          caption="Your cases, what to do next first"
          captionHidden
          compact
          rows={cases}
          keyOf={row => row.name}
          columns={[
            {
              heading: 'Person',
              rowHeader: true,
              cell: row => (
                <a class="govuk-link" href="#person">
                  {row.name}
                </a>
              ),
              second: row => row.second,
            },
            { heading: 'Service and stage', cell: row => row.service, second: row => row.stage },
            {
              heading: 'Risk',
              onPhone: 'start',
              cell: row => [<RiskTag level={row.risk} />, row.flag ? <FlagTag>{row.flag}</FlagTag> : null],
            },
            { heading: 'Next step', cell: row => row.next },
            {
              heading: 'Due',
              onPhone: 'corner',
              cell: row => <Due date={asPlainDate(row.due)} today={today} />,
              sort: { href: '?sort=due', direction: 'ascending' },
            },
            {
              heading: 'Last contact',
              onPhone: 'told',
              cell: row => <When date={asPlainDate(row.last)} today={today} />,
              second: () => 'Visit',
              sort: { href: '?sort=contact' },
            },
          ]}
        />
        <EmptyState title="No drafts">What you begin and do not finish is kept here.</EmptyState>
      </Columns>
    </>
  )
}

function person(): VNode {
  return (
    <>
      <RecordBanner
        title="PENROSE, Jago"
        tags={[<RiskTag level="high" inFull />, <Tag classes="govuk-tag--blue">Early help episode</Tag>]}
        facts={[
          <>
            <strong>12</strong> born 03/06/2014
          </>,
          'he/him',
          <>
            LY <strong>4K7-Q92-8</strong>
          </>,
          <>
            NHS <strong>999 432 6163</strong> traced
          </>,
          <>
            14 Fore Street, <strong>TR18 4QA</strong>
          </>,
        ]}
        alerts={[
          <AlertBar kind="danger" title="Do not visit alone." link={{ text: 'Details and review 12/01/2027', href: '#danger' }}>
            Dog, and uncle's violence to staff 12/10/2026
          </AlertBar>,
          <AlertBar kind="warning" title="Part of this record is withheld" link={{ text: 'Who sees what', href: '#withheld' }}>
            from 1 user by the mother's wish
          </AlertBar>,
        ]}
      />
      <Columns
        first={
          <DoNext
            items={[
              {
                due: '3 days late',
                late: true,
                text: 'Finish the assessment',
                href: '#a',
                detail: '62 %, saved 09:12; P. Hocking is in it now',
              },
              { due: 'Today', text: 'Ring housing about tenancy', href: '#b' },
            ]}
            actions={[
              <Button href="#contact">Record contact</Button>,
              <Button href="#action" classes="govuk-button--secondary">
                Add action
              </Button>,
            ]}
          />
        }
        aside={
          <SidePanel id="working" title="Who is working with Jago">
            <Facts
              items={[
                { label: 'Co-ordinator', value: 'Tamsin Rowe', second: 'Early Help West · 01632 960112' },
                false,
                { label: 'School', value: 'Mrs J Bray' },
              ]}
            />
          </SidePanel>
        }
      >
        <Steps
          label="Where the case stands"
          items={[
            { title: 'Referred', state: 'done', detail: '2 Oct, school' },
            { title: 'Accepted', state: 'done', detail: '3 Oct, in 1 day' },
            { title: 'Assessment', state: 'current', detail: 'due 14 Nov, 3 days late', late: true },
            { title: 'Plan', state: 'coming', detail: 'with family' },
            { title: 'Review', state: 'coming', detail: '6 weekly' },
            { title: 'Close', state: 'coming' },
          ]}
        />
        <FilterChips
          label="What to show"
          heading={<h2>Timeline</h2>}
          items={[
            { text: 'All', href: '?', current: true, count: 64 },
            { text: 'Contacts', href: '?kind=contact' },
          ]}
        />
        <Timeline
          groups={[
            {
              heading: 'Coming',
              entries: [{ kind: 'coming', title: 'Team around the child · Fri 20 Nov 15:30', when: 'School, school nurse, housing' }],
            },
            {
              heading: 'November 2026',
              entries: [
                {
                  kind: 'danger',
                  title: 'Risk raised from medium to high',
                  when: 'Thu 12 Nov 16:40',
                  by: 'Tamsin Rowe, Early Help West',
                  body: 'Uncle back in the home since the weekend.',
                },
                {
                  title: 'Home visit · 55 minutes',
                  when: 'Thu 12 Nov 14:00, recorded 15:20',
                  by: 'Tamsin Rowe with P. Hocking',
                  body: 'Mother tearful, wants help with the tenancy.',
                },
              ],
            },
          ]}
        />
      </Columns>
    </>
  )
}

function form(): VNode {
  const errors = [
    { field: 'postcode', message: 'Enter a full UK postcode, like TR18 4QA' },
    { field: 'from-day', message: 'Date must be a real date' },
  ]
  return (
    <>
      {errorSummaryFor(errors)}
      <PageTitle title="Edit address" />
      <Form action="/people/1/address" csrf="token" once="4b0f8a3c-8d8e-4f0e-9d0b-2f1f6f5f0a11">
        <Input name="line" label="Address" value="14 Fore Street" />
        <Input name="postcode" label="Postcode" value="TR1" classes="govuk-input--width-10" errorMessage={errorFor(errors, 'postcode')} />
        <DateInput
          id="from"
          namePrefix="from"
          values={{ 'from-day': '31', 'from-month': '2', 'from-year': '2026' }}
          fieldset={{ legend: 'Since when' }}
          hint="For example, 27 3 2026"
          errorMessage={errorFor(errors, 'from-day')}
        />
        <Select
          name="kind"
          label="Kind of address"
          value="home"
          items={[
            { value: 'home', text: 'Home' },
            { value: 'work', text: 'Work' },
          ]}
        />
        <Radios
          name="safe"
          fieldset={{ legend: 'Is it safe to write there?' }}
          items={[
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No', conditional: { text: <Input name="why" label="Why not?" /> } },
          ]}
        />
        <Textarea name="note" label="Note" hint="Kept with the address" rows={3} />
        <Button>Save address</Button>
      </Form>
    </>
  )
}

function compare(): VNode {
  return (
    <>
      <PageTitle title="What changed" context="Assessment of PENROSE, Jago" />
      <SideBySide
        caption="Two versions of the assessment"
        before="Version 1, 3 Oct"
        after="Version 2, 12 Nov"
        rows={[
          { label: 'Who lives at home?', before: 'Mother, sister', after: 'Mother, sister, uncle' },
          { label: 'What worries you?', before: '', after: 'Uncle has come back' },
          { label: 'School', before: 'Porthkerris Academy', after: 'Porthkerris Academy' },
        ]}
      />
    </>
  )
}

function signIn(): VNode {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">Sign in</h1>
        <Form action="/sign-in" csrf="token">
          <Input name="email" label="Email address" type="email" autocomplete="username" />
          <PasswordInput name="password" label="Password" />
          <Button>Sign in</Button>
        </Form>
      </div>
    </div>
  )
}
