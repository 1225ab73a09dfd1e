import './ui/theme/tokens.css';
import './ui/theme/global.css';
import { createApp } from './app';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const app = createApp();
// A chunk of its own, which the page loads meanwhile: the workers start while React is still being compiled.
const { mount } = await import('./ui/mount');
mount(app, root);
