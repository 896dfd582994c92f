import { expect, test } from 'vitest'
import { isUnattended, unattended } from './unattended.ts'

test('what a page asks for by itself says so, in a header or its address', () => {
  expect(isUnattended({ url: '/imports/1', headers: {} })).toBe(false)
  expect(isUnattended({ url: '/people?q=unattended', headers: {} })).toBe(false)
  expect(isUnattended({ url: '/imports/1', headers: { 'x-lanyard-unattended': '1' } })).toBe(true)
  expect(isUnattended({ url: unattended('/imports/1'), headers: {} })).toBe(true)
})

test('the address of the next look is the same page, marked once', () => {
  expect(unattended('/imports/1')).toBe('/imports/1?unattended')
  expect(unattended('/imports/1?of=x')).toBe('/imports/1?of=x&unattended')
  expect(unattended('/imports/1?of=x&unattended')).toBe('/imports/1?of=x&unattended')
})
