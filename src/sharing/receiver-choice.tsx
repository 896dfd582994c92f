import type { VNode } from 'preact'
import type { Fields } from '../platform/web/fields.ts'
import { errorFor, type FieldError, Select } from '../ui/index.ts'
import type { Receiver } from './receivers.ts'

type Asked = { typed: Fields; errors: readonly FieldError[] }

/** Asks for one of the agencies, or of the teams. */
export function AskOrganisation({ kind, among, typed, errors }: Asked & { kind: 'agency' | 'team'; among: readonly Receiver[] }): VNode {
  const name = (one: Receiver) => (one.kind === 'team' ? `${one.name}, ${one.agencyName}` : one.name)
  const items = among.filter(one => one.kind === kind).map(one => ({ value: one.id, text: name(one) }))
  return (
    <Select
      name={kind}
      label={kind === 'agency' ? 'Which agency?' : 'Which team?'}
      errorMessage={errorFor(errors, kind)}
      value={typed.text(kind)}
      items={[{ value: '', text: 'Choose one' }, ...items]}
    />
  )
}
