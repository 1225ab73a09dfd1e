import bar from 'plotly.js/lib/bar';
import Plotly from 'plotly.js/lib/core';
import heatmap from 'plotly.js/lib/heatmap';
import indicator from 'plotly.js/lib/indicator';
import pie from 'plotly.js/lib/pie';

// No scattergl: it needs eval, which our content security policy refuses. `scatter` is part of the core.
Plotly.register([bar, pie, indicator, heatmap]);

export default Plotly;
