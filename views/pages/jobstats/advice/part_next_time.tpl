{{%AUTOESCAPE context="HTML"}}
<section class="card next-time" aria-labelledby="next-time-title">
<div class="next-time-head"><h2 id="next-time-title">[[Next time]]</h2>
{{#LINES}}<button class="button" type="button" data-copy hidden><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#copy"></use></svg> [[Copy]]</button>{{/LINES}}</div>
{{#LINES}}<table class="next-time-lines"><thead><tr><th scope="col">{{#THIS}}[[This job]]{{/THIS}}
{{#NEWEST}}[[Newest run]]{{/NEWEST}}</th>
<th scope="col">[[Next time]]</th></tr></thead><tbody translate="no">
{{#LINE}}<tr><td>{{#BEFORE}}<code>{{BEFORE_TEXT}}</code>{{/BEFORE}}
{{#NEW}}<span class="no-data" translate="yes">[[not in the script]]</span>{{/NEW}}</td>
<td>{{#AFTER}}<code data-copied>{{AFTER_TEXT}}</code>{{/AFTER}}
{{#GONE}}<span class="no-data" translate="yes">[[remove this line]]</span>{{/GONE}}</td></tr>
{{/LINE}}</tbody></table>{{/LINES}}
{{#BASIS}}<p class="next-time-basis">{{BASIS_TEXT}}</p>{{/BASIS}}
{{#DOUBT}}<p class="next-time-basis">{{DOUBT_TEXT}}</p>{{/DOUBT}}
{{#SAVE}}<p class="next-time-saves">{{SAVES}}</p>{{/SAVE}}
{{#HISTORY}}<p class="next-time-saves"><a href="{{HISTORY_LINK}}">[[All runs of this name]]</a></p>
{{/HISTORY}}</section>
