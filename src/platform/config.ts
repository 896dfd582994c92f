import { z } from 'zod'

const minutes = z.coerce.number().int().min(1)
const yes = z.enum(['yes', 'no']).transform(word => word === 'yes')

/** Every setting of a deployment. Names and meanings stand in .env.example; nothing else reads the environment. */
const schema = z.object({
  LANYARD_ENVIRONMENT: z.enum(['demonstration', 'production']).default('demonstration'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  LANYARD_DATA: z.string().default('.lanyard'),
  LANYARD_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  LANYARD_ORIGIN: z.url().optional(),
  LANYARD_SCHEMA: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,50}$/)
    .optional(),
  LANYARD_TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).default(10),
  DATABASE_QUEUE: z.coerce.number().int().min(1).default(250),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().optional(),
  // GOV.UK Notify, "API keys": a name, the service's id and the secret, each id a UUID.
  NOTIFY_API_KEY: z
    .string()
    .regex(
      /^.+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'must be a whole key of GOV.UK Notify',
    )
    .optional(),
  NOTIFY_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.notifications.service.gov.uk'),
  NOTIFY_TEMPLATE_ID: z.uuid().optional(),
  NOTIFY_SENDER_ID: z.uuid().optional(),
  NOTIFY_CALLBACK_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  CLAMAV_URL: z.url().optional(),
  SESSION_IDLE_MINUTES: minutes.default(30),
  SESSION_LONGEST_MINUTES: minutes.default(12 * 60),
  LOAD_DEMONSTRATION: yes.optional(),
  FLOOR_PAGE: yes.default(false),
})

export type Config = {
  production: boolean
  host: string
  port: number
  dataFolder: string
  /** Given, or made once and kept in the data folder. */
  secret: string | undefined
  /** Where people reach the service: links in e-mails, and what a post's origin is held to. */
  origin: string
  secure: boolean
  schema: string
  trustedProxies: number
  databaseUrl: string | undefined
  poolSize: number
  /** How many pages may wait for a connection; one more is refused at once. */
  queueLength: number
  smtpUrl: string | undefined
  mailFrom: string
  /** Without it texts go to the outbox page where there is one, and nowhere else. */
  notify: { apiKey: string; baseUrl: string; templateId: string; senderId: string | undefined; callbackToken: string } | undefined
  clamAvUrl: string | undefined
  sessionIdleMinutes: number
  sessionLongestMinutes: number
  loadDemonstration: boolean
  /** Serves /floor, the smallest signed-in page, for the benchmark to measure against. */
  floorPage: boolean
}

/** Reads the environment once, at start. Throws with one line for each thing that is wrong and how to mend it. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new ConfigFault(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`))
  const values = parsed.data
  const production = values.LANYARD_ENVIRONMENT === 'production'
  if (production) refuseUnfinished(values)
  const origin =
    values.LANYARD_ORIGIN ??
    `http://${values.HOST === '0.0.0.0' ? 'localhost' : values.HOST.replace('127.0.0.1', 'localhost')}:${values.PORT}`
  return {
    production,
    host: values.HOST,
    port: values.PORT,
    dataFolder: values.LANYARD_DATA,
    secret: values.LANYARD_SECRET,
    origin,
    secure: origin.startsWith('https:'),
    schema: values.LANYARD_SCHEMA ?? 'porthkerris',
    trustedProxies: values.LANYARD_TRUSTED_PROXIES,
    databaseUrl: values.DATABASE_URL,
    poolSize: values.DATABASE_POOL,
    queueLength: values.DATABASE_QUEUE,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? 'Lanyard <no-reply@porthkerris.example.org>',
    notify: notifyIn(values),
    clamAvUrl: values.CLAMAV_URL,
    sessionIdleMinutes: values.SESSION_IDLE_MINUTES,
    sessionLongestMinutes: values.SESSION_LONGEST_MINUTES,
    loadDemonstration: values.LOAD_DEMONSTRATION ?? !production,
    floorPage: values.FLOOR_PAGE,
  }
}

/** All that GOV.UK Notify needs, or nothing of it: half a setting would send texts whose fate is never heard of. */
function notifyIn(values: z.output<typeof schema>): Config['notify'] {
  const {
    NOTIFY_API_KEY: apiKey,
    NOTIFY_TEMPLATE_ID: templateId,
    NOTIFY_CALLBACK_TOKEN: callbackToken,
    NOTIFY_SENDER_ID: senderId,
  } = values
  if (!apiKey) return undefined
  if (!templateId || !callbackToken)
    throw new ConfigFault([
      ...(templateId ? [] : ['NOTIFY_TEMPLATE_ID: texts need a template of the service, whose whole body is ((message))']),
      ...(callbackToken ? [] : ['NOTIFY_CALLBACK_TOKEN: receipts and answers need the bearer token that GOV.UK Notify sends with them']),
    ])
  return { apiKey, baseUrl: values.NOTIFY_BASE_URL.replace(/\/$/, ''), templateId, senderId, callbackToken }
}

/** A production service starts only with what would otherwise be made up for it. */
function refuseUnfinished(values: z.output<typeof schema>): void {
  const faults: string[] = []
  if (!values.LANYARD_SECRET) faults.push('LANYARD_SECRET: production needs a secret of its own; make one with: openssl rand -base64 48')
  if (!values.DATABASE_URL) faults.push('DATABASE_URL: production needs a PostgreSQL of its own, 15 or later')
  if (!values.SMTP_URL) faults.push('SMTP_URL: production needs a mail server; the outbox page is for demonstrations')
  if (!values.MAIL_FROM) faults.push('MAIL_FROM: production needs a sender that your mail server lets through')
  if (!values.LANYARD_SCHEMA) faults.push('LANYARD_SCHEMA: production needs the name of the authority’s schema, such as the council’s own')
  if (!values.LANYARD_ORIGIN?.startsWith('https:')) faults.push('LANYARD_ORIGIN: production needs the https address that people will use')
  if (values.LOAD_DEMONSTRATION) faults.push('LOAD_DEMONSTRATION: the demonstration authority does not belong in production')
  if (faults.length > 0) throw new ConfigFault(faults)
}

export class ConfigFault extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`The configuration is not right:\n${faults.map(fault => `  ${fault}`).join('\n')}\nSee .env.example for every setting.`)
    this.faults = faults
  }
}
