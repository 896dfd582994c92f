import { type Attributes, attrs, type Content, cls, content, hasContent, type Options, raw } from '../markup.tsx'
import { Logo } from './logo.tsx'

export type FooterLink = Options<{ text: string; href: string; attributes: Attributes }>

export type FooterProps = Options<{
  meta: Content & Options<{ visuallyHiddenTitle: string; items: FooterLink[] }>
  navigation: (Options<{ columns: number; width: string; items: FooterLink[] }> & { title?: string })[]
  contentLicence: Content | null
  copyright: Content
  containerClasses: string
  classes: string
  attributes: Attributes
}>

/** GOV.UK's footer. Lanyard's own pages use the footer of the layout. */
export function Footer(p: FooterProps) {
  return (
    <div class={cls('govuk-footer', p.classes)} {...attrs(p.attributes)}>
      <div class={cls('govuk-width-container', p.containerClasses)}>
        {Logo({ classes: 'govuk-footer__crown', useLogotype: false })}
        {p.navigation?.length ? (
          <>
            <div class="govuk-footer__navigation">
              {p.navigation.map((nav, i) => (
                <div key={i} class={`govuk-footer__section govuk-grid-column-${nav.width || 'full'}`}>
                  <h2 class="govuk-footer__heading govuk-heading-m">{nav.title}</h2>
                  {nav.items?.length ? (
                    <ul class={cls('govuk-footer__list', nav.columns && `govuk-footer__list--columns-${nav.columns}`)}>
                      {nav.items.map((item, j) =>
                        item.href && item.text ? (
                          <li key={j} class="govuk-footer__list-item">
                            {link(item)}
                          </li>
                        ) : null,
                      )}
                    </ul>
                  ) : null}
                </div>
              ))}
            </div>
            <hr class="govuk-footer__section-break" />
          </>
        ) : null}
        <div class="govuk-footer__meta">
          <div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
            {p.meta && (
              <>
                <h2 class="govuk-visually-hidden">{p.meta.visuallyHiddenTitle || 'Support links'}</h2>
                {p.meta.items?.length ? (
                  <ul class="govuk-footer__inline-list">
                    {p.meta.items.map((item, i) => (
                      <li key={i} class="govuk-footer__inline-list-item">
                        {link(item)}
                      </li>
                    ))}
                  </ul>
                ) : null}
                {hasContent(p.meta) && <div class="govuk-footer__meta-custom">{content(p.meta)}</div>}
              </>
            )}
            {p.contentLicence !== null && (
              <>
                {licenceLogo}{' '}
                <span class="govuk-footer__licence-description">
                  {hasContent(p.contentLicence) ? (
                    content(p.contentLicence)
                  ) : (
                    <>
                      All content is available under the{' '}
                      <a
                        class="govuk-footer__link"
                        href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
                        rel="license"
                      >
                        Open Government Licence v3.0
                      </a>
                      , except where otherwise stated
                    </>
                  )}
                </span>
              </>
            )}
          </div>
          <div class="govuk-footer__meta-item">
            <a
              class="govuk-footer__link govuk-footer__copyright-logo"
              href="https://www.nationalarchives.gov.uk/information-management/re-using-public-sector-information/uk-government-licensing-framework/crown-copyright/"
            >
              {hasContent(p.copyright) ? content(p.copyright) : '© Crown copyright'}
            </a>
          </div>
        </div>
      </div>
    </div>
  )
}

function link(item: FooterLink) {
  return (
    <a class="govuk-footer__link" href={item.href ?? ''} {...attrs(item.attributes)}>
      {item.text}
    </a>
  )
}

const licenceLogo = raw(
  '<svg aria-hidden="true" focusable="false" class="govuk-footer__licence-logo" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 483.2 195.7" height="17" width="41"><path fill="currentColor" d="M421.5 142.8V.1l-50.7 32.3v161.1h112.4v-50.7zm-122.3-9.6A47.12 47.12 0 0 1 221 97.8c0-26 21.1-47.1 47.1-47.1 16.7 0 31.4 8.7 39.7 21.8l42.7-27.2A97.63 97.63 0 0 0 268.1 0c-36.5 0-68.3 20.1-85.1 49.7A98 98 0 0 0 97.8 0C43.9 0 0 43.9 0 97.8s43.9 97.8 97.8 97.8c36.5 0 68.3-20.1 85.1-49.7a97.76 97.76 0 0 0 149.6 25.4l19.4 22.2h3v-87.8h-80l24.3 27.5zM97.8 145c-26 0-47.1-21.1-47.1-47.1s21.1-47.1 47.1-47.1 47.2 21 47.2 47S123.8 145 97.8 145"/></svg>',
)
