import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay, useSession } from '@/api/session';
import { IconDoorEnter, IconDoorExit } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { attendanceQuery, useAttend } from './queries';

/** In the account's menu: nothing is given to whoever is away. */
export function AwayItem() {
  const may = useMay('inbox.assign_self');
  const { user } = useSession();
  const { data } = useQuery({ ...attendanceQuery, enabled: may });
  const attend = useAttend();
  const mine = data?.find((one) => one.user.id === user?.id);
  if (!mine) return null;
  const handleClick = () => {
    attend.mutate(!mine.is_away, { onSuccess: (now) => { toast({ tone: 'info', title: t(now.is_away ? 'desk.attendance.gone' : 'desk.attendance.back') }); } });
  };
  return <Menu.Item leftSection={mine.is_away ? <IconDoorEnter size={15} /> : <IconDoorExit size={15} />} onClick={handleClick}>{t(mine.is_away ? 'desk.attendance.comeBack' : 'desk.attendance.goAway')}</Menu.Item>;
}
