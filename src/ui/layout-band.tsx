import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Session } from './layout.tsx'
import { countBadge } from './layout-navigation.tsx'
import { raw } from './markup.tsx'

const searchLabel = 'Find a person: name, date of birth, NHS number, postcode'

/** A card on a ribbon: the mark of the service. */
const mark = raw(
  '<svg class="ly-band__mark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 32" width="20" height="32" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true" focusable="false"><path d="M8 0v8"/><rect x="2" y="8" width="16" height="22" rx="2"/></svg>',
)

/** The dark band at the top: the mark, one search box, what is always one press away, the user menu. */
export function Band({ service, session }: { service: string; session?: Session | undefined }): VNode {
  return (
    <div class="ly-band">
      <div class="govuk-width-container ly-band__row">
        <a class="ly-band__home" href={paths.home}>
          {mark}
          <span>{service}</span>
        </a>
        {session?.canSearch ? searchBox(session.searched) : null}
        {session ? userPart(session) : null}
      </div>
    </div>
  )
}

function searchBox(searched: string | undefined): VNode {
  return (
    <search class="ly-band__search">
      <form action={paths.search} method="get">
        <label class="govuk-visually-hidden" for="find-a-person">
          {searchLabel}
        </label>
        <input
          class="ly-band__input"
          id="find-a-person"
          name="q"
          type="search"
          value={searched || undefined}
          placeholder={searchLabel}
          autocomplete="off"
          spellcheck={false}
        />
        <button class="ly-band__find" type="submit">
          {glass}
          <span class="govuk-visually-hidden">Search</span>
        </button>
      </form>
    </search>
  )
}

function userPart(session: Session): VNode {
  return (
    <ul class="ly-band__actions">
      {session.actions?.map(action => (
        <li key={action.key}>
          <a class="ly-band__link" href={action.href} aria-keyshortcuts={action.shortcut}>
            {action.text}
            {countBadge(action)}
          </a>
        </li>
      ))}
      <li>
        <details class="ly-menu">
          <summary class="ly-band__link">{session.name}</summary>
          <div class="ly-menu__box">
            {session.agencyName ? <p class="ly-menu__agency">{session.agencyName}</p> : null}
            {session.posts?.length ? (
              <p class="ly-menu__agency">
                All your posts at once:
                {session.posts.map(post => (
                  <span class="ly-second" key={post}>
                    {post}
                  </span>
                ))}
              </p>
            ) : null}
            {session.menu?.map(item => (
              <a key={item.href} class="govuk-link govuk-link--no-visited-state" href={item.href}>
                {item.text}
              </a>
            ))}
            <form method="post" action={paths.signOut}>
              <input type="hidden" name="_csrf" value={session.csrf} />
              <button class="ly-menu__button" type="submit">
                Sign out
              </button>
            </form>
          </div>
        </details>
      </li>
    </ul>
  )
}

const glass = raw(
  '<svg width="20" height="20" viewBox="0 0 21 20" fill="none" stroke="currentColor" stroke-width="2.2" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg"><circle cx="8.9" cy="8.2" r="6.3"/><path d="m13.2 12.9 6.4 6.3"/></svg>',
)
