/** Providers that many shops use: choosing one fills in its address. */
import type { NewAiProvider } from '@/api/types';

export interface Preset {
  key: 'openai' | 'groq' | 'ollama' | 'llamacpp' | 'anythingllm' | 'other';
  name: string;
  kind: NewAiProvider['kind'];
  base_url: string;
  model: string;
  allows_private: boolean;
}

export const PRESETS: readonly Preset[] = [
  { key: 'openai', name: 'OpenAI', kind: 'openai_compatible', base_url: 'https://api.openai.com/v1', model: 'gpt-4o-mini', allows_private: false },
  { key: 'groq', name: 'Groq', kind: 'openai_compatible', base_url: 'https://api.groq.com/openai/v1', model: 'llama-3.3-70b-versatile', allows_private: false },
  { key: 'ollama', name: 'Ollama', kind: 'openai_compatible', base_url: 'http://localhost:11434/v1', model: 'llama3.2:3b', allows_private: true },
  { key: 'llamacpp', name: 'llama.cpp', kind: 'openai_compatible', base_url: 'http://localhost:8080/v1', model: 'default', allows_private: true },
  { key: 'anythingllm', name: 'AnythingLLM', kind: 'anythingllm', base_url: 'http://localhost:3001/api/v1', model: '', allows_private: true },
  { key: 'other', name: '', kind: 'openai_compatible', base_url: '', model: '', allows_private: false },
];

/** Which preset a stored provider came from, as far as its address tells. */
export const presetOf = (kind: string, baseUrl: string): Preset['key'] => PRESETS.find((one) => one.base_url === baseUrl && one.kind === kind)?.key ?? (kind === 'anythingllm' ? 'anythingllm' : 'other');
