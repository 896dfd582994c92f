/** One call of a macro of MOJ Frontend, and of the component of ours that must print the same. */
export type Case = {
  component: string
  ours: string
  title: string
  params: object
  /** Where our props differ from the macro's options: words for a date in place of a format, children in place of a caller. */
  props?: object
  macro?: string
  body?: string
}

const attributes = { 'data-test': 'a "quoted" <value>', id: 'given' }
const links = [
  { text: 'First & last', href: '/one', active: true },
  { html: 'Second <b>bold</b>', href: '/two', attributes: { 'data-x': 'y' } },
]
const input = '<div class="govuk-form-group"><input name="a" id="a"></div>'

// MOJ's macro forgets the number of the first item, which is nought; ours does not, so it is given here.
const first = { removeButton: { name: 'remove', value: '0' } }

export const cases: Case[] = [
  ...of('alert', 'Alert', {
    ...Object.fromEntries(
      ['information', 'success', 'warning', 'error'].map(variant => [variant, { variant, title: 'A title', text: 'Words & words' }]),
    ),
    'title only': { variant: 'success', title: 'Saved' },
    'with a heading': { variant: 'warning', title: 'Mind', html: 'the <b>gap</b>', showTitleAsHeading: true, headingTag: 'h3' },
    dismissible: {
      variant: 'information',
      title: 'T',
      text: 'x',
      dismissible: true,
      dismissText: 'Hide',
      focusOnDismissSelector: 'h1',
      disableAutoFocus: true,
    },
    'with everything': { variant: 'error', title: 'T', text: 'x', classes: 'mine', role: 'alert', attributes },
  }),
  ...of('badge', 'Badge', {
    text: { text: 'Urgent <now>', classes: 'moj-badge--red' },
    html: { html: '<b>Urgent</b>', attributes },
  }),
  ...of('banner', 'Banner', {
    ...Object.fromEntries(['success', 'warning', 'information'].map(type => [type, { type, text: 'Words', iconFallbackText: 'Note' }])),
    plain: { html: '<p>Words</p>', classes: 'mine', attributes },
  }),
  ...of('button-menu', 'ButtonMenu', {
    'two buttons': {
      button: { text: 'Menu', classes: 'govuk-button--primary' },
      alignMenu: 'right',
      items: [
        { text: 'Edit', href: '/edit', classes: 'mine' },
        { text: 'Delete', name: 'do', value: 'delete', disabled: true },
      ],
    },
    'without options': { items: [{ html: '<b>Go</b>', attributes }], attributes, classes: 'mine' },
  }),
  ...of('date-picker', 'DatePicker', {
    plain: { id: 'date', name: 'date', label: { text: 'Date' } },
    'with everything': {
      id: 'date',
      name: 'date',
      value: '1/2/2026',
      classes: 'mine',
      label: { text: 'Date', classes: 'govuk-label--s' },
      hint: { text: 'For example, 17/5/2026' },
      errorMessage: { text: 'Enter a date' },
      formGroup: { classes: 'group' },
      minDate: '01/01/2026',
      maxDate: '31/12/2026',
      excludedDates: '02/06/2026',
      excludedDays: 'saturday sunday',
      leadingZeros: true,
      weekStartDay: 'sunday',
      attributes: { 'data-test': 'x' },
    },
    'no leading noughts': { id: 'date', name: 'date', label: { text: 'Date' }, leadingZeros: false },
  }),
  ...of('filter', 'Filter', {
    'nothing chosen': { heading: { text: 'Filter' }, optionsHtml: input },
    'something chosen': {
      heading: { html: '<i>Filter</i>' },
      attributes,
      submit: { text: 'Show', attributes: { 'data-a': 'b' } },
      selectedFilters: {
        heading: { text: 'Selected' },
        clearLink: { text: 'Clear filters', href: '/clear' },
        categories: [
          {
            heading: { text: 'Risk' },
            items: [
              { text: 'High', href: '/a' },
              { text: 'Low', href: '/b' },
            ],
          },
          { heading: { text: 'Team' }, items: [{ text: 'West', href: '/c' }] },
        ],
      },
      optionsHtml: input,
    },
  }),
  ...of('identity-bar', 'IdentityBar', {
    'a name': { title: { text: 'PENROSE, Jago' } },
    'with menus': { title: { html: '<b>PENROSE</b>' }, menus: [{ items: [{ text: 'Edit', href: '/e' }] }], classes: 'mine', attributes },
  }),
  {
    component: 'interruption-card',
    ours: 'InterruptionCard',
    title: 'a button and a link',
    macro: 'interruptionCard',
    body: 'Are you sure?',
    params: {
      heading: 'Stop & think',
      primaryAction: { text: 'Go on', attributes: { 'data-a': 'b' } },
      secondaryAction: { text: 'Back', href: '/b' },
    },
    props: {
      heading: 'Stop & think',
      primaryAction: { text: 'Go on', attributes: { 'data-a': 'b' } },
      secondaryAction: { text: 'Back', href: '/b' },
      children: 'Are you sure?',
    },
  },
  {
    component: 'interruption-card',
    ours: 'InterruptionCard',
    title: 'a link and a button',
    macro: 'interruptionCard',
    body: 'Sure?',
    params: {
      heading: 'Stop',
      primaryAction: { text: 'Go', href: '/g', style: 'link' },
      secondaryAction: { text: 'Back', href: '/b', style: 'button' },
    },
    props: {
      heading: 'Stop',
      primaryAction: { text: 'Go', href: '/g', style: 'link' },
      secondaryAction: { text: 'Back', href: '/b', style: 'button' },
      children: 'Sure?',
    },
  },
  {
    component: 'messages',
    ours: 'Messages',
    title: 'three messages of two days',
    params: { label: 'Messages', classes: 'mine', items: messages(m => m) },
    props: {
      label: 'Messages',
      classes: 'mine',
      items: messages(m => ({ ...m, day: `date of ${m.timestamp.slice(0, 10)}`, time: `time of ${m.timestamp.slice(0, 16)}` })),
    },
  },
  ...of('multi-file-upload', 'MultiFileUpload', {
    'no files yet': { uploadedFiles: { heading: { text: 'Files added' }, items: [] }, uploadHtml: input },
    'one file': {
      classes: 'mine',
      attributes,
      uploadedFiles: {
        heading: { html: '<i>Files</i>' },
        items: [
          {
            message: { html: 'plan.pdf <b>uploaded</b>' },
            fileName: 'f1',
            originalFileName: 'plan & more.pdf',
            deleteButton: { text: 'Delete' },
          },
        ],
      },
      uploadHtml: input,
    },
  }),
  ...of('notification-badge', 'NotificationBadge', {
    ...Object.fromEntries([1, 98, 99, 1200].map(text => [`${text}`, { text }])),
    'as text': { text: '7', visuallyHiddenText: 'unread', classes: 'mine', attributes },
    nought: { text: 0 },
    'not a number': { text: 'many' },
  }),
  ...of('organisation-switcher', 'OrganisationSwitcher', {
    plain: { text: 'Porthkerris Council' },
    'with a link': {
      html: '<b>Council</b>',
      id: 'o',
      label: 'Organisation',
      classes: 'mine',
      link: { href: '/o', id: 'l', classes: 'c', attributes: { 'data-a': 'b' } },
    },
    'with other words': { text: 'Council', attributes: { 'data-a': 'b' }, link: { href: '/o', text: 'Change' } },
  }),
  ...of('page-header-actions', 'PageHeaderActions', {
    heading: { heading: { text: 'Cases' } },
    'with buttons': {
      heading: { html: '<b>Cases</b>', level: 2, classes: 'govuk-heading-l' },
      items: [{ text: 'Add', href: '/a' }, { text: 'Save' }],
      classes: 'mine',
      attributes,
    },
  }),
  ...of('pagination', 'MojPagination', {
    'pages and results': {
      previous: { href: '/1' },
      next: { href: '/3', text: 'On' },
      items: [{ text: '1', href: '/1' }, { text: '2', href: '/2', selected: true }, { type: 'dots' }, { number: 9, href: '/9' }],
      results: { from: 11, to: 20, count: 90, text: 'people' },
      classes: 'mine',
      landmarkLabel: 'Pages',
      attributes,
    },
    'one page': { items: [{ number: 1, href: '/1', current: true }], results: { count: 3 } },
    'page of pages': { items: pages(2), results: { pages: { current: 1, count: 2 } } },
    'from and to': { items: pages(2), results: { from: 1, to: 10 } },
    'count of many pages': { items: pages(2), results: { count: 15 } },
    'count alone': { results: { count: 3, text: 'cases' } },
    nothing: { results: {} },
  }),
  ...of('primary-navigation', 'PrimaryNavigation', {
    plain: { items: links },
    'with everything': {
      items: links,
      label: 'Main',
      classes: 'mine',
      containerClasses: 'wide',
      searchHtml: input,
      attributes: { 'data-a': 'b' },
    },
  }),
  ...of('progress-bar', 'ProgressBar', {
    'three steps': {
      label: 'Progress',
      items: [
        { label: { text: 'One' }, complete: true },
        { label: { html: '<b>Two</b>', classes: 'l' }, active: true, id: 'two', classes: 'mine', attributes: { 'data-a': 'b' } },
        { label: { text: 'Three' } },
      ],
    },
    named: { id: 'p', classes: 'mine', attributes: { 'data-a': 'b' }, items: [{ label: { text: 'One' } }] },
  }),
  ...of('search', 'Search', {
    'in one line': { action: '/s', label: { text: 'Search' }, input: { id: 'q', name: 'q' }, button: { text: 'Search' } },
    stacked: {
      action: '/s',
      layout: 'stacked',
      iconButton: true,
      label: { text: 'Search', classes: 'l' },
      hint: { text: 'A name' },
      input: { id: 'q', name: 'q' },
      button: { text: 'Go' },
    },
    'with an icon': {
      action: '/s',
      iconButton: true,
      label: { text: 'Search' },
      input: { id: 'q' },
      button: { text: 'Find people', classes: 'mine' },
    },
    'with everything': {
      action: '/s',
      method: 'post',
      classes: 'mine',
      attributes,
      csrf: { value: 'token' },
      label: { html: '<b>Search</b>' },
      hint: { html: '<i>A name</i>', classes: 'h' },
      input: {
        id: 'q',
        name: 'q',
        value: 'pen',
        type: 'text',
        classes: 'i',
        autocomplete: 'off',
        spellcheck: false,
        errorMessage: { text: 'Enter a name' },
        attributes: { 'data-a': 'b' },
      },
      button: { html: '<b>Go</b>', name: 'go', value: '1', id: 'b', preventDoubleClick: true, attributes: { 'data-c': 'd' } },
    },
  }),
  ...of('side-navigation', 'SideNavigation', {
    'one list': { label: 'Side', items: links },
    sections: {
      classes: 'mine',
      attributes: { 'data-a': 'b' },
      sections: [
        { heading: { text: 'First' }, items: links },
        {
          heading: { html: '<b>Second</b>', headingLevel: 2, classes: 'h', attributes: { 'data-a': 'b' } },
          items: [{ text: 'Third', href: '/three' }],
        },
      ],
    },
  }),
  ...of('sub-navigation', 'SubNavigation', {
    plain: { items: links },
    'with everything': {
      items: [{ ...links[0], classes: 'i' }, links[1]],
      label: 'Parts of the record',
      classes: 'mine',
      attributes: { 'data-a': 'b' },
    },
  }),
  ...of('ticket-panel', 'TicketPanel', {
    'two sections': {
      items: [{ text: 'One & two' }, { html: '<p>Three</p>', classes: 'moj-ticket-panel__content--blue', attributes }],
      classes: 'mine',
      attributes: { 'data-a': 'b' },
    },
  }),
  {
    component: 'timeline',
    ours: 'MojTimeline',
    title: 'two entries',
    params: {
      headingLevel: 3,
      classes: 'mine',
      attributes: { 'data-a': 'b' },
      items: [
        {
          label: { text: 'Referred' },
          byline: { text: 'A & B' },
          text: 'Words',
          datetime: { timestamp: '2026-01-01T10:00', type: 'datetime' },
          classes: 'i',
          attributes,
        },
        { label: { html: '<b>Closed</b>' }, html: '<p>Words</p>', datetime: { timestamp: '2026-02-01T10:00', format: 'D MMMM' } },
      ],
    },
    props: {
      headingLevel: 3,
      classes: 'mine',
      attributes: { 'data-a': 'b' },
      items: [
        {
          label: { text: 'Referred' },
          byline: { text: 'A & B' },
          text: 'Words',
          datetime: { timestamp: '2026-01-01T10:00', words: 'datetime of 2026-01-01T10:00' },
          classes: 'i',
          attributes,
        },
        {
          label: { html: '<b>Closed</b>' },
          html: '<p>Words</p>',
          datetime: { timestamp: '2026-02-01T10:00', words: 'D MMMM of 2026-02-01T10:00' },
        },
      ],
    },
  },
  ...of('add-another', 'AddAnother', {
    'one item': { id: 'person', items: [{ fieldset: { html: input } }] },
    'two items': {
      itemLabel: 'Person',
      classes: 'mine',
      attributes: { 'data-a': 'b' },
      items: [
        {
          fieldset: { html: input, classes: 'f', describedBy: 'x', legend: { classes: 'l' } },
          classes: 'i',
          attributes: { 'data-c': 'd' },
          ...first,
        },
        {
          fieldset: { html: input, role: 'group', attributes: { 'data-e': 'f' } },
          removeButton: { name: 'remove-second', value: 'second' },
        },
      ],
    },
    inline: {
      id: 'p',
      itemLabel: 'Person',
      layout: 'inline',
      items: [{ fieldset: { html: input }, errorMessage: { text: 'Enter a name' }, ...first }, { fieldset: { html: input } }],
    },
    'in other words': {
      itemLabel: 'Child',
      addAnotherButtonText: 'One more %{itemLabel}',
      removeButtonText: 'Take away %{itemLabel}',
      removeButtonSuffixText: 'of %{count}',
      itemLegendText: { one: 'The %{itemLabel}', other: '%{itemLabel} %{number} of %{count}' },
      fieldLabelSuffixText: 'for %{number}',
      newItemSuffixText: 'new',
      items: [{ fieldset: { html: input }, ...first }, { fieldset: { html: input } }],
    },
  }),
]

function of(component: string, ours: string, titled: Record<string, object>): Case[] {
  return Object.entries(titled).map(([title, params]) => ({ component, ours, title, params }))
}

function pages(count: number) {
  return Array.from({ length: count }, (_, i) => ({ number: i + 1, href: `/${i + 1}`, current: i === 0 }))
}

type Sent = { id?: string; text?: string; html?: string; type: string; sender: string; timestamp: string }
function messages<T>(shape: (message: Sent) => T): T[] {
  const sent: Sent[] = [
    { id: '1', text: 'Hello & goodbye', type: 'sent', sender: 'Tamsin', timestamp: '2026-11-16T09:00:00Z' },
    { html: '<b>Yes</b>', type: 'received', sender: 'Housing', timestamp: '2026-11-16T09:05:00Z' },
    { text: 'Thanks', type: 'sent', sender: 'Tamsin', timestamp: '2026-11-17T10:00:00Z' },
  ]
  return sent.map(shape)
}
