import type { CaseSummary, Flag } from '../../cases/index.ts'
import {
  addressKindWords,
  addressOnOneLine,
  communicationNeeds,
  contactInWords,
  formatClientId,
  formatName,
  formatNhsNumber,
  interpreterNeeds,
  isCurrentAddress,
  isHidingElsewhere,
  isSecretAddress,
  languageWords,
  nameKindWords,
  type PersonRecord,
  safeToContactWords,
  spokenName,
} from '../../people/index.ts'
import { formatInstant } from '../../platform/clock.ts'
import { ageOn, formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Block, heading, type Paper } from '../paper/paper.ts'

type Given = {
  person: PersonRecord
  alerts: readonly Flag[]
  cases: readonly CaseSummary[]
  day: PlainDate
  printedAt: Date
  printedBy: string
}

/** One person on a sheet: who, dangers, how to reach them safely, who works with them. As far as whoever prints it may see. */
export function summaryPaper({ person, alerts, cases, day, printedAt, printedBy }: Given): Paper {
  const name = formatName(person)
  const open = cases.filter(one => one.closedOn === null)
  return {
    title: `Summary – ${name}`,
    language: 'en-GB',
    largePrint: false,
    foot: `Official – sensitive · ${formatClientId(person.clientId)} · Printed by ${printedBy} ${formatInstant(printedAt)}`,
    blocks: [
      heading(1, name),
      ...(alerts.length > 0
        ? [heading(2, 'Know before you visit'), bullets(alerts.map(({ label, note }) => (note ? `${label}: ${note}` : label)))]
        : []),
      facts('Who', 'What is recorded', whoOf(person, day)),
      ...(person.contacts.length > 0
        ? [
            heading(2, 'How to reach them'),
            facts(
              'Contact',
              'Safe to use',
              person.contacts.map(one => [
                `${contactInWords(one)}${one.whose ? ` (${one.whose})` : ''}`,
                safeToContactWords(one.safe) || 'Yes',
              ]),
            ),
          ]
        : []),
      heading(2, 'Who works with them'),
      open.length > 0
        ? table(
            ['Service', 'Who', 'Telephone', 'Next step'],
            open.map(one => [
              `${one.serviceName} ${one.reference}`,
              one.workerName ?? one.teamName,
              one.workerTelephone || one.telephone,
              one.nextStep || '–',
            ]),
          )
        : { kind: 'paragraph', content: [{ text: 'No service that you can see is working with them now.' }] },
    ],
  }
}

function whoOf(person: PersonRecord, day: PlainDate): [string, string][] {
  const interpreter = interpreterNeeds.find(one => one.code === person.interpreter)
  const needs = communicationNeeds.filter(one => person.communicationNeeds.includes(one.code)).map(one => one.label)
  const all: [string, string | null | undefined | false][] = [
    ['Name', spokenName(person)],
    ...person.names.map((one): [string, string] => [nameKindWords[one.kind], spokenName(one)]),
    ['Born', person.dateOfBirth && `${formatDate(person.dateOfBirth)} (${ageOn(person.dateOfBirth, day) ?? 0} years)`],
    ['Died', person.deathRecordedAt && (person.diedOn ? formatDate(person.diedOn) : 'Date not known')],
    ['Client id', formatClientId(person.clientId)],
    ['NHS number', person.nhsNumber && formatNhsNumber(person.nhsNumber)],
    ['Language', person.language && languageWords(person.language)],
    ['Interpreter', interpreter?.label],
    ['Needs', [...needs, person.needsNote].filter(Boolean).join('. ')],
    ['GP', [person.gpName, person.gpPractice].filter(Boolean).join(', ')],
    ['Address', isHidingElsewhere(person, day) && 'Address confidential'],
    ...person.addresses
      .filter(address => isCurrentAddress(address, day))
      .map((address): [string, string] => [
        addressKindWords[address.kind],
        isSecretAddress(address) ? 'Address confidential' : [addressOnOneLine(address), address.postcode].filter(Boolean).join(', '),
      ]),
  ]
  return all.filter((one): one is [string, string] => Boolean(one[1]))
}

const bullets = (items: readonly string[]): Block => ({
  kind: 'list',
  ordered: false,
  items: items.map(text => [{ kind: 'paragraph', content: [{ text }] }]),
})
const facts = (left: string, right: string, rows: readonly (readonly [string, string])[]): Block => table([left, right], rows)
const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head: head.map(text => [{ text }]),
  rows: rows.map(row => row.map(text => [{ text }])),
})
