#pragma once

#include <libxml/tree.h>

/* One way to bend a signed envelope. */
typedef struct
{
  const char *name;
  void (*bend) (xmlNode *assertion);
  const char *refusal; /* name of the error; NULL when the token must still be taken as it was */
} VihfAttack;

extern const VihfAttack vihf_attacks[];
