import type { FastifyReply } from 'fastify'
import { renderToString } from 'preact-render-to-string'
import type { Answer, CookieChange } from './answer.ts'

/** Sends an answer. `html` is the finished page for those kinds that have one. */
export async function send(reply: FastifyReply, answer: Answer, html?: string): Promise<FastifyReply> {
  switch (answer.kind) {
    case 'page':
      if (html === undefined) throw new Error('A page was not rendered.')
      if (reply.request.cookies['notice']) reply.clearCookie('notice', { path: '/' })
      if (answer.refreshAfter) reply.header('refresh', String(answer.refreshAfter))
      return reply.code(answer.status).type('text/html; charset=utf-8').send(html)
    case 'not-found':
      return reply
        .code(404)
        .type('text/html; charset=utf-8')
        .send(html ?? 'Page not found')
    case 'redirect':
      changeCookies(reply, answer.cookies ?? [])
      if (answer.notice) changeCookies(reply, [{ name: 'notice', value: answer.notice, maxAgeSeconds: 60 }])
      return reply.redirect(asHeader(answer.to), 303)
    case 'fragment':
      return reply.code(answer.status).type('text/html; charset=utf-8').send(renderToString(answer.body))
    case 'json':
      return reply.code(answer.status).send(answer.body)
    case 'file':
      reply.header('content-disposition', `${answer.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(answer.name)}`)
      if (answer.headers) reply.headers(answer.headers)
      return reply.type(answer.type).send(answer.content)
  }
}

/** A part of an address that somebody made up may hold what no header may. */
const asHeader = (address: string): string => address.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent)

export function changeCookies(reply: FastifyReply, changes: readonly CookieChange[]): void {
  for (const change of changes) {
    if ('clear' in change) reply.clearCookie(change.name, { path: '/' })
    else
      reply.setCookie(change.name, change.value, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: 'auto',
        ...(change.maxAgeSeconds === undefined ? {} : { maxAge: change.maxAgeSeconds }),
      })
  }
}
