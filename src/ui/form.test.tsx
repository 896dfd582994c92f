import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { errorFor, errorSummaryFor, Form, Input, renderDocument, Textarea } from './index.ts'

const errors = [
  { field: 'surname', message: 'Enter a surname' },
  { field: 'dob-day', message: 'Date of birth must be a real date' },
]

test('a form carries the proof that it is ours and that it is sent once', () => {
  const html = renderToString(
    <Form action="/people" csrf="c&c" once="one">
      <Input name="surname" label="Surname" />
    </Form>,
  )
  expect(html).toContain('<form method="post" action="/people" novalidate>')
  expect(html).toContain('<input type="hidden" name="_csrf" value="c&amp;c"/>')
  expect(html).toContain('<input type="hidden" name="_once" value="one"/>')
})

test('a form that may be repeated has no token for once, one with files is multipart', () => {
  const html = renderToString(<Form action="/drafts" csrf="c" multipart id="draft" />)
  expect(html).not.toContain('_once')
  expect(html).toContain('enctype="multipart/form-data"')
})

test('the error summary lists the errors in the order of the fields, each leading to its field', () => {
  const html = renderToString(errorSummaryFor(errors)!)
  expect(html).toContain('There is a problem')
  expect([...html.matchAll(/href="([^"]+)">([^<]+)/g)].map(m => [m[1], m[2]])).toEqual([
    ['#surname', 'Enter a surname'],
    ['#dob-day', 'Date of birth must be a real date'],
  ])
  expect(errorSummaryFor([])).toBeNull()
  expect(errorFor(errors, 'surname')).toBe('Enter a surname')
  expect(errorFor(errors, 'postcode')).toBeUndefined()
})

describe('what someone typed comes back as typed', () => {
  test.each(['</textarea><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '  spaces  ', '😀 Ő'])('%s', typed => {
    const html = renderToString(
      <>
        <Input name="a" label={typed} value={typed} />
        <Textarea name="b" label="b" value={typed} />
      </>,
    )
    expect(html).not.toMatch(/<script|<img/)
    expect(html).toContain(`>${typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}</textarea>`)
  })

  test('an empty first line in a text area is not lost', () => {
    expect(renderToString(<Textarea name="a" label="a" value={'\nsecond line'} />)).toContain('>\n\nsecond line</textarea>')
  })
})

describe('the page round a body', () => {
  const page = { asset: (name: string) => `/static/${name}`, wide: true, body: <h1>Here</h1> }

  test.each([
    [{ title: 'Edit – PENROSE, Jago' }, 'Edit – PENROSE, Jago – Lanyard'],
    [{ title: 'Edit – PENROSE, Jago', hasErrors: true }, 'Error: Edit – PENROSE, Jago – Lanyard'],
    [{ title: 'Report abuse', quickExit: true }, 'Your page'],
    [{ title: 'Report abuse', quickExit: true, hasErrors: true }, 'Error: Your page'],
    [{ title: 'Sign in <x>', serviceName: 'A & B' }, 'Sign in &lt;x> – A &amp; B'],
  ])('%o has the title %s', (given, title) => {
    expect(renderDocument({ ...page, ...given })).toContain(`<title>${title}</title>`)
  })

  test('shows the search and the menu to those signed in, and neither to others', () => {
    const session = { name: 'Tamsin Rowe', csrf: 'token', canSearch: true, searched: 'pen"rose' }
    const signedIn = renderDocument({ ...page, title: 'Here', session })
    expect(signedIn).toMatch(/<form action="\/search" method="get">.*name="q"[^>]*value="pen&quot;rose"/)
    expect(signedIn).toMatch(/<form method="post" action="\/sign-out"><input type="hidden" name="_csrf" value="token"\/>/)
    expect(renderDocument({ ...page, title: 'Here', session: { ...session, canSearch: false } })).not.toContain('name="q"')
    expect(renderDocument({ ...page, title: 'Here' })).not.toMatch(/name="q"|sign-out/)
  })

  test('marks the current page of the navigation and says what a count is of', () => {
    const html = renderDocument({
      ...page,
      title: 'Here',
      navigation: {
        current: 'b',
        items: [
          { key: 'a', text: 'A', href: '/a', count: 0 },
          { key: 'b', text: 'B', href: '/b', count: 120, countWords: 'unread' },
        ],
      },
    })
    expect(html).toContain('<a class="ly-nav__link" href="/a">A</a>')
    expect(html).toContain('<a class="ly-nav__link" href="/b" aria-current="page">B <span class="moj-notification-badge">')
    expect(html).toContain('(99 or more unread)')
  })

  test('the classification stands on the page and is known to the print styles', () => {
    const html = renderDocument({ ...page, title: 'Here', classification: 'OFFICIAL-SENSITIVE · MARAC' })
    expect(html).toContain('<p class="ly-classification">OFFICIAL-SENSITIVE · MARAC</p>')
    expect(html).toContain('data-classification="OFFICIAL-SENSITIVE · MARAC"')
  })
})
