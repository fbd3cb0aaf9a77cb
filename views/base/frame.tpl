{{%AUTOESCAPE context="HTML"}}
<!DOCTYPE html>
<html lang="{{LANG}}"{{#THEME_SET}} data-theme="{{THEME}}"{{/THEME_SET}}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{TITLE}} · {{SITE}}</title>
{{#FAVICON_SET}}<link rel="icon" href="{{FAVICON}}">{{/FAVICON_SET}}
<link rel="stylesheet" href="{{CSS}}">
<script defer src="{{JS}}"></script>
</head>
<body>
<a class="skip" href="#main">[[Skip to content]]</a>
<div class="shell">
<nav class="rail" aria-label="[[Main]]">
<a class="brand" href="{{BASE}}/"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#cluster"></use></svg> <span translate="no">{{SITE}}</span></a>
<button class="button is-quiet rail-menu" type="button" data-rail-menu aria-expanded="false"
 aria-controls="rail-list" hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#jobs"></use></svg> [[Menu]]</button>
<ul class="rail-list" id="rail-list">
{{#RAIL_ENTRY}}
<li{{#RAIL_LATER}} hidden data-for="{{RAIL_FOR}}"{{/RAIL_LATER}}><a class="rail-link"
 href="{{RAIL_HREF}}"{{#RAIL_HERE}} aria-current="page"{{/RAIL_HERE}}>
<svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#{{RAIL_ICON}}"></use></svg> <span>{{RAIL_WORD}}</span></a></li>
{{/RAIL_ENTRY}}
</ul>
</nav>
<div>
<header class="top">
{{#SIGNED_IN}}
<span class="top-user"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#user"></use></svg> <span>[[signed in as]]
<b translate="no">{{VIEWER}}</b></span></span>
{{#STAFF}}<span class="mark is-info"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#staff"></use></svg> [[staff]]</span>{{/STAFF}}
{{/SIGNED_IN}}
{{#OPEN}}
<span class="top-user" data-me="{{BASE}}/secure/me.json" hidden><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#user"></use></svg> <span>[[signed in as]]
<b data-me-login translate="no"></b></span></span>
<span class="mark is-info" data-for="staff" hidden><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#staff"></use></svg> [[staff]]</span>
{{/OPEN}}
<div class="top-tools">
{{#SIGN_IN}}<a class="button is-main" data-sign-in href="{{SIGN_IN_HREF}}"><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#sign-in"></use></svg> [[Sign in]]</a>{{/SIGN_IN}}
{{#SIBLINGS}}<details class="clusters" data-menu><summary class="button is-quiet"><svg class="icon"
 aria-hidden="true"><use href="{{ICONS}}#cluster"></use></svg> [[Other clusters]]</summary>
<nav class="clusters-list" aria-label="[[Other clusters]]"><ul>
{{#SIBLING}}<li><a href="{{SIBLING_HREF}}" translate="no">{{SIBLING_TITLE}}</a></li>
{{/SIBLING}}
</ul></nav></details>{{/SIBLINGS}}
<form method="post" action="{{BASE}}{{#HAS_TOKEN}}/secure{{/HAS_TOKEN}}/language/">
<input type="hidden" name="back" value="{{PATH}}">
{{#HAS_TOKEN}}<input type="hidden" name="form_token" value="{{FORM_TOKEN}}">{{/HAS_TOKEN}}
{{#OTHER}}<button class="button is-quiet" name="language" value="{{OTHER_LANG}}"
 lang="{{OTHER_LANG}}"
><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#language"></use></svg> <span
 translate="no">{{OTHER_NAME}}</span></button>{{/OTHER}}
</form>
<button class="button is-quiet" data-theme-switch="{{BASE}}/" type="button" hidden>
<svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#theme"></use></svg>
<span class="hidden-text">[[Light or dark]]</span></button>
{{#SIGN_OUT}}<a class="button is-quiet"{{#SIGN_OUT_LATER}} data-for="user"
 hidden{{/SIGN_OUT_LATER}} href="{{SIGN_OUT_URL}}">
<svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#sign-out"></use></svg> [[Sign out]]</a>{{/SIGN_OUT}}
</div>
</header>
{{#WHOSE}}
<aside class="whose" aria-label="[[Whose data this is]]"><svg class="icon" aria-hidden="true"
><use href="{{ICONS}}#eye"></use></svg> <span>[[You are viewing the data of]]
<b translate="no">{{WHOSE_LOGIN}}</b>.
{{#RECORDED}}[[This visit is logged.]]{{/RECORDED}}</span>
<a href="{{BASE}}/secure/jobstats/">[[Back to my own]]</a></aside>
{{/WHOSE}}
<p class="print-head"><b translate="no">{{SITE}}</b> <span
 translate="no">{{TITLE}}</span> <span translate="no">{{PRINTED_LOGIN}}</span>
<span data-print-time></span></p>
<main class="content" id="main" data-range{{#PRESETS}}="presets"{{/PRESETS}}
{{#LIVE}} data-live="{{LIVE_SECONDS}}"{{/LIVE}}>
<div class="page-line">
{{#CRUMBS}}
<nav aria-label="[[Breadcrumb]]"><ol class="crumbs">
{{#CRUMB}}
<li{{#LAST}} aria-current="page"{{/LAST}}>
{{#CRUMB_LINK}}<a href="{{CRUMB_HREF}}">{{CRUMB_TEXT}}</a>{{/CRUMB_LINK}}
{{#CRUMB_PLAIN}}{{CRUMB_TEXT}}{{/CRUMB_PLAIN}}</li>
{{/CRUMB}}
</ol></nav>
{{/CRUMBS}}
{{#LIVE}}<div class="live" data-live-bar></div>{{/LIVE}}
</div>
{{>CONTENT}}
</main>
<footer class="foot">
{{#CONTACT}}<span>[[Questions?]] <span translate="no">{{CONTACT_TEXT}}</span></span>{{/CONTACT}}
{{#REQUEST}}<span>[[Request]] <code translate="no">{{REQUEST_ID}}</code></span>{{/REQUEST}}
</footer>
</div>
</div>
{{>WORDS}}
</body>
</html>
