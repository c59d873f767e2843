import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Attendance, Macro, MacroStep, ServiceTarget, Team } from '@/api/types';
import { showAnswer } from '@/asking';
import { toastError } from '@/lib/toasts';
import { goesStale } from '@/live/stale';

goesStale('teams', 'teams.changed');
goesStale('attendance', 'attendance.changed');
goesStale('service-targets', 'service_targets.changed');

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/teams', { signal }))).items,
  staleTime: 60_000,
});

export const attendanceQuery = queryOptions({
  queryKey: ['attendance'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/attendance', { signal }))).items,
  staleTime: 30_000,
});

/** Others take from it all day: looked at again now and then, and after whatever we do ourselves. */
export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/queue', { signal })),
  staleTime: 5_000,
  refetchInterval: 20_000,
});

export const targetsQuery = queryOptions({
  queryKey: ['service-targets'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/service-targets', { signal }))).items,
  staleTime: 5 * 60_000,
});

export const verdictsQuery = queryOptions({
  queryKey: ['surveys', 'summary'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/surveys/summary', { signal })),
});

export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  // What the box kept as steps are steps: it checked them when they were written.
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/macros', { signal }))).items as unknown as Macro[],
  staleTime: 60_000,
});

export interface TeamWords {
  name: string;
  member_ids: string[];
  routing: Team['routing'];
}

export function useSaveTeam(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (words: TeamWords) =>
      id === null ? answer(api.POST('/api/v1/teams', { body: words })) : answer(api.PATCH('/api/v1/teams/{id}', { params: { path: { id } }, body: words })),
    onSuccess: () => client.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  });
}

export function useDeleteTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/teams/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  });
}

export interface AttendanceChange {
  is_away?: boolean;
  capacity?: number | null;
}

export function useChangeAttendance(userId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AttendanceChange) => answer(api.PATCH('/api/v1/users/{id}/attendance', { params: { path: { id: userId } }, body })),
    onSuccess: (changed: Attendance) => {
      showAnswer(client, attendanceQuery.queryKey, (all: Attendance[] | undefined) => all?.map((one) => (one.user.id === changed.user.id ? changed : one)));
    },
    onError: toastError,
  });
}

export function useAttend() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (is_away: boolean) => answer(api.PUT('/api/v1/me/attendance', { body: { is_away } })),
    onSuccess: () => client.invalidateQueries({ queryKey: attendanceQuery.queryKey }),
    onError: toastError,
  });
}

export function useSaveTarget() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ServiceTarget) => answer(api.PUT('/api/v1/service-targets', { body })),
    onSuccess: ({ items }) => { showAnswer(client, targetsQuery.queryKey, items); },
  });
}

export interface MacroWords {
  name: string;
  shared: boolean;
  steps: MacroStep[];
}

export function useSaveMacro(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ steps, ...words }: MacroWords) => {
      const body = { ...words, steps: steps.map((step) => ({ ...step })) };
      return id === null ? answer(api.POST('/api/v1/macros', { body })) : answer(api.PATCH('/api/v1/macros/{id}', { params: { path: { id } }, body }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: macrosQuery.queryKey }),
  });
}

export function useDeleteMacro() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/macros/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: macrosQuery.queryKey }),
  });
}
