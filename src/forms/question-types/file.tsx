import { Checkboxes, FileUpload } from '../../ui/index.ts'
import type { FileAnswer } from '../answer.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { anAnswer } from '../wording.ts'
import { answer, labelPart, type QuestionType, shared } from './question-type.ts'

type FileQuestion = QuestionOf<'file'>

/**
 * Documents that go with the answer. They are stored by the documents module when they arrive; here is only which they are.
 * Without script, a file is taken off by ticking it and saving.
 */
export const file: QuestionType<FileQuestion, readonly FileAnswer[]> = {
  celType: () => 'list<string>',
  toCel: (_, files) => files.map(one => one.name),
  parse(_, fields, name, around, before) {
    const off = new Set(fields.all(`${name}-off`))
    const known = [...(before ?? []), ...(around.received[name] ?? [])]
    const named = new Set([...fields.all(`${name}-kept`), ...(around.received[name] ?? []).map(one => one.id)])
    const kept = known.filter(
      (one, place) => named.has(one.id) && !off.has(one.id) && known.findIndex(other => other.id === one.id) === place,
    )
    return answer<readonly FileAnswer[]>(kept.length === 0 ? undefined : kept)
  },
  unparse: (_, files, name) => ({
    [`${name}-kept`]: files.map(one => one.id),
    [`${name}-name`]: files.map(one => one.name),
  }),
  check: () => undefined,
  missing: question => `Select a file: ${anAnswer(question)}`,
  messages: question => [file.missing(question)],
  show: (_, files) => files.map(one => `${one.name} (${shownSize(one.bytes)})`),
  export: (_, files) => ({ '': files?.map(one => one.name).join('; ') ?? null, _ids: files?.map(one => one.id).join(' ') ?? null }),
  field(given) {
    const { name, fields } = given
    const kept = fields.all(`${name}-kept`)
    const names = fields.all(`${name}-name`)
    return (
      <div>
        {FileUpload({ name, label: labelPart(given), ...shared(given), multiple: true })}
        {kept.map((id, place) => [
          <input key={id} type="hidden" name={`${name}-kept`} value={id} />,
          <input key={`${id} name`} type="hidden" name={`${name}-name`} value={names[place] ?? ''} />,
        ])}
        {kept.length > 0
          ? Checkboxes({
              name: `${name}-off`,
              fieldset: { legend: 'Files kept with this answer: tick any to take off' },
              classes: 'govuk-checkboxes--small',
              items: kept.map((id, place) => ({ value: id, text: names[place] ?? 'File' })),
            })
          : null}
      </div>
    )
  },
}

function shownSize(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en-GB')} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
