{{%AUTOESCAPE context="HTML"}}
{{#LINK}}<a class="row-link" href="{{HREF}}" translate="no">{{NAME}}</a>{{/LINK}}
{{#PLAIN}}<span translate="no">{{NAME}}</span>{{/PLAIN}}
{{#NOBODY}}<span class="no-data">[[unnamed]]</span>{{/NOBODY}}
