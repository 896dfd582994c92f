import { attrs, cls, content, type Options, type Part, raw } from '../markup.tsx'

export type BannerProps = Part & Options<{ type: 'success' | 'warning' | 'information'; iconFallbackText: string }>

/** A message across the page. MOJ has archived it in favour of `Alert`: for pages that still follow older guidance. */
export function Banner(p: BannerProps) {
  return (
    <div
      class={cls('moj-banner', p.type && `moj-banner--${p.type}`, p.classes)}
      {...attrs(p.attributes)}
      role="region"
      aria-label={p.iconFallbackText ?? p.type ?? 'banner'}
    >
      {p.type && icons[p.type]}
      <div class="moj-banner__message">{content(p)}</div>
    </div>
  )
}

const icons = {
  success: raw(
    '<svg class="moj-banner__icon" fill="currentColor" role="presentation" focusable="false" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25" height="25" width="25"><path d="M25,6.2L8.7,23.2L0,14.1l4-4.2l4.7,4.9L21,2L25,6.2z"/></svg>',
  ),
  warning: raw(
    '<svg class="moj-banner__icon" fill="currentColor" role="presentation" focusable="false" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25" height="25" width="25"><path d="M13.6,15.4h-2.3v-4.5h2.3V15.4z M13.6,19.8h-2.3v-2.2h2.3V19.8z M0,23.2h25L12.5,2L0,23.2z"/></svg>',
  ),
  information: raw(
    '<svg class="moj-banner__icon" fill="currentColor" role="presentation" focusable="false" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25" height="25" width="25"><path d="M13.7,18.5h-2.4v-2.4h2.4V18.5z M12.5,13.7c-0.7,0-1.2-0.5-1.2-1.2V7.7c0-0.7,0.5-1.2,1.2-1.2s1.2,0.5,1.2,1.2v4.8\n\tC13.7,13.2,13.2,13.7,12.5,13.7z M12.5,0.5c-6.6,0-12,5.4-12,12s5.4,12,12,12s12-5.4,12-12S19.1,0.5,12.5,0.5z"/></svg>',
  ),
}
