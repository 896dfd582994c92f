import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createRoutes, type RoutesParts } from '../../platform/web/routes.ts'
import { createServer } from '../../platform/web/server.ts'
import { renderDocument } from '../../ui/index.ts'
import { vendorCss } from '../../ui/styles/vendor-css.ts'
import { formsRoutes } from '../routes.tsx'
import { plainHost } from './host.tsx'

type ServedForms = Pick<RoutesParts, 'database' | 'enter'> & {
  /** The code of each script by its file name. The pages carry `lanyard.js` where it is among them. */
  scripts?: ReadonlyMap<string, string>
  /** The product's own page with its styles, unless said. */
  renderPage?: RoutesParts['renderPage']
}

/** The pages of forms alone, at an address for a real browser, on 19 November 2026 at 09:12. */
export async function serveForms(served: ServedForms): Promise<{ address: string; close(): Promise<void> }> {
  const { database, enter, scripts = new Map<string, string>() } = served
  const server = await createServer({ log: console, trustedProxies: 0, secure: false, renderFault: () => 'fault' })
  server.get('/style.css', async (_request, reply) => reply.type('text/css').send(styles()))
  for (const [name, code] of scripts) server.get(`/${name}`, async (_request, reply) => reply.type('text/javascript').send(code))
  const asProduct: RoutesParts['renderPage'] = async (_visit, { title, body, hasErrors }) =>
    renderDocument({
      title,
      body,
      wide: true,
      asset: name => `/${name}`,
      hasErrors,
      scripts: [...scripts.keys()].filter(name => name === 'lanyard.js'),
      styles: ['style.css'],
    })
  const routes = createRoutes({
    server,
    database,
    clock: { now: () => new Date('2026-11-19T09:12:00Z') },
    enter,
    holdPost: async () => {},
    renderPage: served.renderPage ?? asProduct,
    renderNotFound: async () => 'not found',
    publicOrigin: '',
  })
  formsRoutes(routes, plainHost())
  await server.listen({ host: '127.0.0.1', port: 0 })
  return { address: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`, close: () => server.close() }
}

const styles = (): string =>
  [
    ...['govuk-frontend/dist/govuk/govuk-frontend.min.css', '@ministryofjustice/frontend/moj/moj-frontend.min.css'].map(file =>
      vendorCss(readFileSync(`node_modules/${file}`, 'utf8')),
    ),
    readFileSync('src/ui/styles/lanyard.css', 'utf8'),
  ].join('\n')
