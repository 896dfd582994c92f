import { expect, test } from 'vitest'
import { Form, Input, PageTitle, Radios, renderDocument, Select, Textarea } from './index.ts'

const page = (fields: number) =>
  renderDocument({
    title: 'Assessment',
    wide: true,
    asset: name => `/static/${name}`,
    session: { name: 'Tamsin Rowe', csrf: 'token', canSearch: true },
    navigation: { items: [{ key: 'work', text: 'My work', href: '/' }], current: 'work' },
    body: (
      <Form action="/forms/1" csrf="token" once="one">
        <PageTitle title="Assessment" />
        {Array.from({ length: fields }, (_, i) =>
          i % 4 === 0 ? (
            <Textarea key={i} name={`q${i}`} label={`Question ${i}`} hint="In their own words" value="Some words that were typed" />
          ) : i % 4 === 1 ? (
            <Select
              key={i}
              name={`q${i}`}
              label={`Question ${i}`}
              value="b"
              items={[
                { value: 'a', text: 'A' },
                { value: 'b', text: 'B' },
              ]}
            />
          ) : i % 4 === 2 ? (
            <Radios
              key={i}
              name={`q${i}`}
              fieldset={{ legend: `Question ${i}` }}
              value="yes"
              items={[
                { value: 'yes', text: 'Yes' },
                { value: 'no', text: 'No' },
              ]}
            />
          ) : (
            <Input key={i} name={`q${i}`} label={`Question ${i}`} value="Typed" errorMessage={i === 3 ? 'Enter a number' : undefined} />
          ),
        )}
      </Form>
    ),
  })

/** Milliseconds that the quickest tenth of the runs took: what the code costs, whatever else the machine is doing. */
function cost(work: () => unknown, runs: number): number {
  const took = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return took.sort((a, b) => a - b)[Math.floor(runs / 10)]!
}

test('what a page costs grows with its fields and no quicker', () => {
  cost(() => page(40), 500)
  const [few, many] = [cost(() => page(40), 500), cost(() => page(160), 500)]
  console.info(`a page with 40 fields: ${few.toFixed(3)} ms, ${page(40).length} characters; with 160: ${many.toFixed(3)} ms`)
  // Four times the fields: four times the work where each is drawn once, sixteen times where each looks at all the others.
  expect(many / few).toBeLessThan(8)
})
