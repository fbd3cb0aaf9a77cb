{{%AUTOESCAPE context="HTML"}}
<td class="num" data-label="[[Core-hours]]">{{>CORE_HOURS}}</td>
<td class="cell-bar" data-label="[[Cores used]]">{{>CORES_BAR}}</td>
<td class="num" data-label="[[Core-hours wasted]]">{{>WASTED_CORES}}</td>
{{#GPUS}}{{#HAD}}<td class="cell-bar" data-label="[[GPUs used]]">{{>GPUS_BAR}}</td>
<td class="num" data-label="[[GPU-hours wasted]]">{{>WASTED_GPUS}}</td>{{/HAD}}
{{#HAD_NONE}}<td data-label="[[GPUs used]]">–</td>
<td class="num" data-label="[[GPU-hours wasted]]">–</td>{{/HAD_NONE}}{{/GPUS}}
{{#COST}}<td class="num" data-label="[[Cost wasted]]">{{>COST_WASTED}}</td>{{/COST}}
