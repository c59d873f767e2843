import type { ReactNode } from 'react';
import { IconBuildingStore, IconCreditCard, IconExternalLink, IconFileText, IconId, IconList, IconMapPin, IconPackage, IconPhone, IconPhoto, IconShoppingBag, IconVideo } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, body, list, named, text } from '../content';
import { address } from '../markup';
import { amountOf, money } from './money';
import { Markup } from './Markup';
import classes from './Kinds.module.css';

interface PartProps {
  content: Body;
}

/** A message of ours with something to tap, drawn as the customer sees it. */
export function SentInteractive({ content }: PartProps) {
  const footer = calm(text(body(content['footer'])['text']));
  return (
    <div className={classes.sent}>
      <Header header={body(content['header'])} />
      <Markup text={text(body(content['body'])['text'])} />
      {footer ? <small dir="auto">{footer}</small> : null}
      <Doing type={text(content['type'])} action={body(content['action'])} />
    </div>
  );
}

const HEADERS = { image: IconPhoto, video: IconVideo, document: IconFileText } as const;

function Header({ header }: { header: Body }) {
  const type = text(header['type']);
  if (type === 'image' || type === 'video' || type === 'document') {
    const Icon = HEADERS[type];
    return <span className={classes.header}><Icon size={18} stroke={1.5} aria-hidden /> {calm(text(named(header)['filename'])) || t(`thread.interactive.header.${type}`)}</span>;
  }
  const words = calm(text(header['text']));
  return words ? <b dir="auto">{words}</b> : null;
}

interface Simple {
  icon: typeof IconList;
  words: () => string;
}

/** Kinds whose only button carries WhatsApp's own words. */
const SIMPLE: Record<string, Simple> = {
  location_request_message: { icon: IconMapPin, words: () => t('thread.interactive.askLocation') },
  address_message: { icon: IconMapPin, words: () => t('thread.interactive.askAddress') },
  contact_request: { icon: IconId, words: () => t('thread.interactive.askContact') },
  call_permission_request: { icon: IconPhone, words: () => t('thread.interactive.askCall') },
  catalog_message: { icon: IconBuildingStore, words: () => t('thread.interactive.catalogue') },
};

interface DoingProps {
  type: string;
  action: Body;
}

function Doing({ type, action }: DoingProps) {
  const simple = SIMPLE[type];
  if (simple) return <Buttons><Tap icon={<simple.icon size={14} aria-hidden />} words={simple.words()} /></Buttons>;
  const parameters = body(action['parameters']);
  switch (type) {
    case 'list': return <Choices action={action} />;
    case 'product':
    case 'product_list': return <Products action={action} />;
    case 'carousel': return <Carousel cards={list(action['cards'])} />;
    case 'order_details': return <Bill parameters={parameters} />;
    case 'order_status': return <Buttons><Tap icon={<IconPackage size={14} aria-hidden />} words={t('thread.interactive.orderStatus', { reference: calm(text(parameters['reference_id'])), status: calm(text(body(parameters['order'])['status'])).replaceAll('_', ' ') })} /></Buttons>;
    case 'cta_url': return <Buttons><LinkTo parameters={parameters} /></Buttons>;
    default: return <Taps action={action} parameters={parameters} />;
  }
}

const Buttons = ({ children }: { children: ReactNode }) => <div className={classes.buttons}>{children}</div>;
const Tap = ({ icon, words }: { icon?: ReactNode; words: string }) => <span dir="auto">{icon} {words}</span>;

function LinkTo({ parameters }: { parameters: Body }) {
  const words = calm(text(parameters['display_text'])) || t('inbox.interactive.url');
  const href = address(text(parameters['url']));
  const inner = <><IconExternalLink size={13} aria-hidden /> {words}</>;
  return href ? <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="auto">{inner}</a> : <span dir="auto">{inner}</span>;
}

function Taps({ action, parameters }: { action: Body; parameters: Body }) {
  const titles = list(action['buttons']).map((button) => calm(text(named(button)['title']))).filter(Boolean);
  const call = calm(text(parameters['flow_cta']) || text(parameters['display_text']));
  const isCall = text(action['name']) === 'voice_call';
  return (
    <Buttons>
      {titles.map((title, at) => <Tap key={at} words={title} />)}
      {call || isCall ? <Tap icon={isCall ? <IconPhone size={13} aria-hidden /> : <IconExternalLink size={13} aria-hidden />} words={call || t('thread.interactive.call')} /> : null}
    </Buttons>
  );
}

function Choices({ action }: { action: Body }) {
  return (
    <Buttons>
      <Tap icon={<IconList size={13} aria-hidden />} words={calm(text(action['button'])) || t('inbox.interactive.list')} />
      {list(action['sections']).map((section, at) => (
        <ul key={at} aria-label={calm(text(section['title'])) || t('thread.interactive.choices')}>
          {text(section['title']) ? <li className={classes.section} aria-hidden dir="auto">{calm(text(section['title']))}</li> : null}
          {list(section['rows']).map((row, index) => <li key={index} dir="auto">{calm(text(row['title']))}{text(row['description']) ? <small>{calm(text(row['description']))}</small> : null}</li>)}
        </ul>
      ))}
    </Buttons>
  );
}

function Products({ action }: { action: Body }) {
  const ids = [text(action['product_retailer_id']), ...list(action['sections']).flatMap((section) => list(section['product_items']).map((item) => text(item['product_retailer_id'])))].filter(Boolean);
  return (
    <Buttons>
      <ul aria-label={t(ids.length > 1 ? 'thread.interactive.products' : 'thread.interactive.product')}>{ids.map((id, at) => <li key={at}><IconShoppingBag size={13} aria-hidden /> <code>{calm(id)}</code></li>)}</ul>
      <Tap words={t('thread.interactive.viewItems')} />
    </Buttons>
  );
}

function Carousel({ cards }: { cards: Body[] }) {
  return (
    <div className={classes.carousel} role="list" aria-label={plural('thread.interactive.carousel', cards.length)} tabIndex={0}>
      {cards.map((card, at) => {
        const action = body(card['action']);
        const words = text(body(card['body'])['text']) || text(action['product_retailer_id']);
        return (
          <div key={at} role="listitem" aria-label={t('thread.interactive.card', { at: at + 1 })}>
            <Header header={text(card['type']) === 'product' ? {} : body(card['header'])} />
            {words ? <Markup text={words} /> : null}
            {text(action['name']) === 'cta_url' ? <Buttons><LinkTo parameters={body(action['parameters'])} /></Buttons> : <Taps action={action} parameters={body(action['parameters'])} />}
          </div>
        );
      })}
    </div>
  );
}

function Bill({ parameters }: { parameters: Body }) {
  const currency = text(parameters['currency']) || 'INR';
  const order = body(parameters['order']);
  const total = amountOf(parameters['total_amount']);
  return (
    <div className={classes.order}>
      <header><IconShoppingBag size={15} stroke={1.6} aria-hidden /> <b>{calm(text(parameters['reference_id']))}</b></header>
      <ul>
        {list(order['items']).map((item, at) => {
          const price = amountOf(item['amount']);
          return <li key={at}><bdi>{calm(text(item['name']))}</bdi><span>{t('inbox.order.each', { quantity: Number(item['quantity']) || 1, price: price === null ? '' : money(price, currency) })}</span></li>;
        })}
      </ul>
      {total === null ? null : <footer><span>{t('thread.interactive.total')}</span><b>{money(total, currency)}</b></footer>}
      <Buttons><Tap icon={<IconCreditCard size={14} aria-hidden />} words={t('thread.interactive.pay')} /></Buttons>
    </div>
  );
}
