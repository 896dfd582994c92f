import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type NotifyPeer, startNotifyPeer } from '../../test/peers/notify.ts'
import { instantFrom, type NotifyParts, notifyCarrier, numberFrom } from './notify.ts'

// The real client over loopback, against a peer that holds it to the published rules.

let peer: NotifyPeer
const complaints: string[] = []
beforeAll(async () => {
  peer = await startNotifyPeer()
})
afterEach(() => {
  peer.clock.ahead = 0
  complaints.length = 0
})
afterAll(() => peer.close())

const carrier = (parts: Partial<NotifyParts> = {}) =>
  notifyCarrier({
    apiKey: peer.apiKey,
    baseUrl: peer.baseUrl,
    templateId: peer.templateId,
    senderId: undefined,
    log: { error: line => void complaints.push(line) },
    ...parts,
  })
const text = (number = '+447700900123', words = 'Please ring us.') => ({ id: crypto.randomUUID(), number, words })

describe('GOV.UK Notify', () => {
  test('takes a text in our words, under our reference, and answers with its id', async () => {
    const one = text()
    const handed = await carrier({ senderId: peer.senderId }).send(one)
    const taken = peer.taken.at(-1)!
    expect(handed).toEqual({ kind: 'accepted', carrierId: taken.id, status: 'sending' })
    expect(taken).toMatchObject({ reference: one.id, phone_number: '+447700900123', body: 'Please ring us.' })
  })

  test.each([
    ['+4416329601', 'The number is refused: Not enough digits'],
    ['+441632960123', 'The number is refused: Not a UK mobile number'],
    ['ring her', 'The number is refused: Must not contain letters or symbols'],
  ])('refuses %s for good: %s', async (number, why) => expect(await carrier().send(text(number))).toEqual({ kind: 'refused', why }))

  test('refuses a text that is too long for good', async () => {
    expect(await carrier().send(text(undefined, 'a'.repeat(919)))).toMatchObject({ kind: 'refused' })
  })

  test.each([
    ['500', { kind: 'later', why: 'GOV.UK Notify answered 500', unsure: true }],
    ['503', { kind: 'later', why: 'GOV.UK Notify answered 503', unsure: true }],
    ['rate', { kind: 'later', why: 'GOV.UK Notify takes no more for now', pause: 60_000 }],
    ['day', { kind: 'later', why: 'GOV.UK Notify takes no more for now', pause: 900_000 }],
    ['cut', { kind: 'later', why: 'GOV.UK Notify could not be reached', unsure: true }],
  ] as const)('that answers %s is asked again later', async (answer, handed) => {
    peer.next(answer)
    expect(await carrier().send(text())).toEqual(handed)
  })

  test('that cannot be reached at all is asked again later', async () => {
    const gone = await startNotifyPeer()
    await gone.close()
    expect(await carrier({ baseUrl: gone.baseUrl }).send(text())).toEqual({
      kind: 'later',
      why: 'GOV.UK Notify could not be reached',
      unsure: true,
    })
  })

  test('with a wrong key lets nobody in, which is said where operators look, and no text is lost by it', async () => {
    expect(await carrier({ apiKey: peer.wrongKey }).send(text())).toMatchObject({ kind: 'later', pause: 300_000 })
    expect(complaints).toEqual(['GOV.UK Notify does not let us in: Invalid token: API key not found'])
  })

  test('keeps to its 30 seconds: a clock that is wrong is told of', async () => {
    peer.clock.ahead = 45_000
    expect(await carrier().send(text())).toMatchObject({ kind: 'later' })
    expect(complaints[0]).toContain('within 30 seconds')
    peer.clock.ahead = 20_000
    expect(await carrier().send(text())).toMatchObject({ kind: 'accepted' })
  })

  test('says whether it has a text that we heard nothing of', async () => {
    const one = text()
    peer.next('cut')
    await carrier().send(one)
    expect(await carrier().find(one.id)).toEqual({ carrierId: peer.taken.at(-1)!.id, status: 'created' })
    expect(await carrier().find(crypto.randomUUID())).toBeUndefined()
  })

  test('says what became of a text, and what was answered lately', async () => {
    await carrier().send(text())
    const { id } = peer.taken.at(-1)!
    await peer.tell(id, 'delivered')
    expect(await carrier().ask(id)).toEqual({ carrierId: id, status: 'delivered' })
    expect(await carrier().ask(crypto.randomUUID())).toBeUndefined()
    const at = new Date('2026-11-20T18:39:16.123Z')
    await peer.receive('447700900123', 'Yes please', { at })
    expect((await carrier().received())[0]).toMatchObject({ number: '+447700900123', words: 'Yes please', at })
  })

  test('limits by the minute', async () => {
    const slow = await startNotifyPeer({ perMinute: 2 })
    const one = carrier({ baseUrl: slow.baseUrl })
    const kinds = [await one.send(text()), await one.send(text()), await one.send(text())].map(handed => handed.kind)
    expect(kinds).toEqual(['accepted', 'accepted', 'later'])
    slow.clock.ahead = 25_000
    expect((await one.send(text())).kind).toBe('later')
    await slow.close()
  })
})

test.each([
  ['447700900123', '+447700900123'],
  ['07700900123', '+447700900123'],
  ['+380441234567', '+380441234567'],
  ['380441234567', '+380441234567'],
  ['PORTHKERRIS', 'PORTHKERRIS'],
])('a text from %s is from %s', (from, number) => expect(numberFrom(from)).toBe(number))

test.each([
  ['2024-12-12 18:39:16.123346', '2024-12-12T18:39:16.123Z'],
  ['2017-05-14T12:15:30.000000Z', '2017-05-14T12:15:30.000Z'],
  ['2026-06-10T09:00:00+01:00', '2026-06-10T08:00:00.000Z'],
])('%s is %s', (said, instant) => expect(instantFrom(said).toISOString()).toBe(instant))
