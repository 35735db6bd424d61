#include "BuiltInData.h"

/* Embedded from the files that people edit (#embed, C23), so there is one copy of each. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char medquad[] = {
#embed "../../knowledge/mappings/medquad.yaml"
};
static const unsigned char mallard[] = {
#embed "../../knowledge/mappings/mallard.yaml"
};
static const unsigned char docbook5[] = {
#embed "../../knowledge/mappings/docbook5.yaml"
};
static const unsigned char docbook4[] = {
#embed "../../knowledge/mappings/docbook4.yaml"
};
static const unsigned char dita[] = {
#embed "../../knowledge/mappings/dita.yaml"
};
static const unsigned char servicenow[] = {
#embed "../../knowledge/mappings/servicenow.yaml"
};
static const unsigned char atom[] = {
#embed "../../knowledge/mappings/atom.yaml"
};
static const unsigned char rss[] = {
#embed "../../knowledge/mappings/rss.yaml"
};
static const unsigned char mediawiki[] = {
#embed "../../knowledge/mappings/mediawiki.yaml"
};
static const unsigned char confluence[] = {
#embed "../../knowledge/mappings/confluence.yaml"
};

#define MAPPING(name) {#name ".yaml", name, sizeof(name)}

static const frontline_built_in_file mappings[] = {
    MAPPING(medquad), MAPPING(mallard), MAPPING(docbook5), MAPPING(docbook4),
    MAPPING(dita),    MAPPING(servicenow), MAPPING(atom), MAPPING(rss),
    MAPPING(mediawiki), MAPPING(confluence),
};

int frontline_built_in_mapping_count(void) { return (int)(sizeof(mappings) / sizeof(mappings[0])); }

frontline_built_in_file frontline_built_in_mapping(int index) { return mappings[index]; }
