{{%AUTOESCAPE context="HTML"}}
{{#VALUE}}<data value="{{RAW}}">{{TEXT}}</data>{{/VALUE}}
{{#NONE}}<span class="no-data">[[no data]]</span>{{/NONE}}
{{#AWAY}}<span class="unavailable"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#offline"></use></svg>
[[unavailable: {{SOURCE}}]]</span>{{/AWAY}}
