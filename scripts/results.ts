import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where the last whole run of the tests left its results, as vitest's JSON reporter writes them. */
export const resultsFile = '.cache/test-results.json'

export type TestResult = { title: string; file: string; status: 'passed' | 'failed' | 'pending' | 'skipped' | 'todo' }
export type Results = { passed: number; failed: number; tests: TestResult[] }

type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: TestResult['status'] }[] }[]
}

/** Reads the last whole run. A file that could not even be loaded counts as one failure. Undefined when there was no run. */
export const lastResults = (): Results | undefined => {
  if (!existsSync(resultsFile)) return undefined
  const report = JSON.parse(readFileSync(resultsFile, 'utf8')) as Report
  const broken = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  )
  const tests = report.testResults.flatMap(file =>
    file.assertionResults.map(test => ({ title: test.fullName, file: path.relative('.', file.name), status: test.status })),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, tests }
}
