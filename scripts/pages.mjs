import { readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

// Node reads TypeScript by itself but not the pages among it (.tsx). Our scripts may import modules that hold some.
registerHooks({
  load: (url, context, next) => {
    if (!url.endsWith('.tsx')) return next(url, context)
    const { transformSync } = createRequire(import.meta.url)('rolldown/experimental')
    const { code, errors } = transformSync(fileURLToPath(url), readFileSync(new URL(url), 'utf8'), {
      jsx: { runtime: 'automatic', importSource: 'preact' },
    })
    if (errors.length > 0) throw new SyntaxError(`${url}: ${errors[0].message}`)
    return { format: 'module', source: code, shortCircuit: true }
  },
})
