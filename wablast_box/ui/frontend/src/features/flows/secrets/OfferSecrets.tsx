import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useMay } from '@/api/session';
import { SecretsContext } from '../forms/offered';
import { secretsQuery } from './queries';

interface OfferSecretsProps {
  children: ReactNode;
}

/** Lets the fields of a request offer secrets by name. */
export function OfferSecrets({ children }: OfferSecretsProps) {
  const mayName = useMay('flows.write');
  const secrets = useQuery({ ...secretsQuery, enabled: mayName }).data;
  const offered = useMemo(() => (secrets ?? []).map(({ name }) => ({ name: `secret.${name}`, from: null, certain: true })), [secrets]);
  return <SecretsContext value={offered}>{children}</SecretsContext>;
}
