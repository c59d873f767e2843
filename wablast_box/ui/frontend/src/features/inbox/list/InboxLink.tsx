import { useRouter } from '@tanstack/react-router';
import type { ComponentPropsWithRef, MouseEvent } from 'react';
import { stringifySearch } from '@/lib/address';
import type { InboxSearch } from '../address';

interface InboxLinkProps extends Omit<ComponentPropsWithRef<'a'>, 'href'> {
  search: InboxSearch;
  replace: boolean;
}

/** A link within the inbox. The router's own watches every step of the walk; with fifty of them on the screen one feels that. */
export function InboxLink({ search, replace, onClick, ...rest }: InboxLinkProps) {
  const router = useRouter();
  const handleClick = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ to: '/inbox', search, replace });
  };
  return <a {...rest} href={`/inbox${stringifySearch({ ...search })}`} onClick={handleClick} />;
}
