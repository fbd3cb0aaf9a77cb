{{%AUTOESCAPE context="HTML"}}
{{#NUMBER}}
<td class="num" data-label="{{LABEL}}">{{>VALUE}}{{#NONE}}<span
 class="no-data">–</span>{{/NONE}}</td>
{{/NUMBER}}
{{#SHARE}}
<td class="cell-bar" data-label="{{LABEL}}">{{>BAR}}{{#NO_SHARE}}<span
 class="no-data">–</span>{{/NO_SHARE}}</td>
{{/SHARE}}
