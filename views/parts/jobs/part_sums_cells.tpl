{{%AUTOESCAPE context="HTML"}}
{{#COST}}<td class="num" data-label="[[Cost wasted]]">{{>COST_WASTED}}</td>{{/COST}}
<td class="cell-bar" data-label="[[Part of the waste]]">{{>PART_BAR}}</td>
<td class="num" data-label="[[Change]]">{{#CHANGE}}{{CHANGE_TEXT}}{{/CHANGE}}
{{#NO_CHANGE}}–{{/NO_CHANGE}}</td>
<td class="num" data-label="[[Core-hours]]">{{>CORE_HOURS}}</td>
<td class="cell-bar" data-label="[[Cores used]]">{{>CORES_BAR}}</td>
<td class="num" data-label="[[Core-hours wasted]]">{{>CORES_WASTED}}</td>
{{#GPUS}}{{#HAD}}<td class="num" data-label="[[GPU-hours]]">{{>GPU_HOURS}}</td>
<td class="cell-bar" data-label="[[GPUs used]]">{{>GPUS_BAR}}</td>
<td class="num" data-label="[[GPU-hours wasted]]">{{>GPUS_WASTED}}</td>{{/HAD}}
{{#HAD_NONE}}<td class="num" data-label="[[GPU-hours]]">–</td>
<td data-label="[[GPUs used]]">–</td>
<td class="num" data-label="[[GPU-hours wasted]]">–</td>{{/HAD_NONE}}{{/GPUS}}
<td class="num" data-label="[[Memory (TiB-hours)]]">{{>MEMORY_HOURS}}</td>
<td class="cell-bar" data-label="[[Memory used]]">{{>MEMORY_BAR}}</td>
<td class="num" data-label="[[Memory wasted (TiB-hours)]]">{{>MEMORY_WASTED}}</td>
<td class="num" data-label="[[Jobs]]">{{JOBS}}</td>
