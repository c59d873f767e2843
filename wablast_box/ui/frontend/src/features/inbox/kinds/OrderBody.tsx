import { IconShoppingBag } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, list, number, text } from '../content';
import { Markup } from './Markup';
import { money } from './money';
import classes from './Kinds.module.css';

interface OrderBodyProps {
  content: Body;
}

/** A cart from the catalogue. The prices are the customer's copy: the box checks them again before money is asked for. */
export function OrderBody({ content }: OrderBodyProps) {
  const lines = list(content['product_items']).map((item) => ({
    id: text(item['product_retailer_id']),
    quantity: number(item['quantity']) ?? 0,
    price: number(item['item_price']) ?? 0,
    currency: text(item['currency']) || 'INR',
  }));
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0);
  const total = lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
  const note = text(content['text']);
  return (
    <div className={classes.order}>
      <header><IconShoppingBag size={16} stroke={1.6} aria-hidden /> <b>{t('inbox.order.title')}</b> <span>{plural('inbox.order.items', pieces)}</span></header>
      <ul>
        {lines.map((line, at) => (
          <li key={at}>
            <code>{calm(line.id)}</code>
            <span>{t('inbox.order.each', { quantity: line.quantity, price: money(line.price, line.currency) })}</span>
            <b>{money(line.quantity * line.price, line.currency)}</b>
          </li>
        ))}
      </ul>
      <footer><span>{t('inbox.order.total')}</span><b>{money(total, lines[0]?.currency ?? 'INR')}</b></footer>
      {note ? <Markup text={note} /> : null}
    </div>
  );
}
