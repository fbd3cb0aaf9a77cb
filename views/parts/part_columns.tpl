{{%AUTOESCAPE context="HTML"}}
{{#COLUMN}}
<th scope="col"{{#NUMBER}} class="num"{{/NUMBER}}{{#UP}} aria-sort="ascending"{{/UP}}{{#DOWN}}
 aria-sort="descending"{{/DOWN}}>{{#SORTABLE}}<a class="sort" href="{{SORT_HREF}}">{{/SORTABLE}}
{{COLUMN_TITLE}}{{#SORTABLE_END}}</a>{{/SORTABLE_END}}
{{#UNIT}} <span class="unit">{{UNIT_NAME}}</span>{{/UNIT}}</th>
{{/COLUMN}}
