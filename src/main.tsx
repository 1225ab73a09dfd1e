import { createApp } from './app';
import { mount } from './ui/mount';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
mount(createApp(), root);
