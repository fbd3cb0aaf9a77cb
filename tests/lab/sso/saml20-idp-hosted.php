<?php
// The identity provider itself. Its scopes become shibmd:Scope in its metadata: without them the
// service provider believes no scoped value.
$metadata['@IDP@/simplesaml/saml2/idp/metadata.php'] = [
    'host' => '__DEFAULT__',
    'auth' => 'people',
    'privatekey' => 'idp.key',
    'certificate' => 'idp.crt',
    'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
    'scope' => ['alliancecan.ca', 'computecanada.ca'],
];
