/** Phone numbers as they are read aloud. The box sends digits with or without a plus. */
const INDIA = /^91(\d{5})(\d{5})$/;

export function readablePhone(phone: string | null): string {
  if (!phone) return '';
  const digits = phone.replace(/\D/g, '');
  const indian = INDIA.exec(digits);
  if (indian) return `+91 ${indian[1] ?? ''} ${indian[2] ?? ''}`;
  return digits.length > 6 ? `+${digits}` : phone;
}
