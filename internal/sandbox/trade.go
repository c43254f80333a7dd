package sandbox

// The vocabulary of the trade: what is sold, quoted, ordered and remarked upon.

// article is a line of an invoice before it has a quantity.
type article struct {
	material, description string
	price                 cents
	quantities            []int64 // thousandths
}

var hours = []int64{1500, 2000, 3250, 4000, 7500, 8000, 16000, 24000}

var articles = []article{
	{"Bardeaux d'asphalte 3-tab", "Réfection de toiture – matériaux", 3899, []int64{12000, 20000, 34500}},
	{"Membrane élastomère", "Pose de membrane, deux plis", 8950, []int64{4000, 7500, 22000}},
	{"Solin d'aluminium 8 pi", "Solins et contre-solins", 1425, []int64{6000, 10000, 18000}},
	{"Câble NMD90 14/2", "Filage, au mètre", 189, []int64{30000, 75500, 150000}},
	{"Panneau 200 A, 40 circuits", "Remplacement du panneau", 41995, []int64{1000}},
	{"Borne de recharge 48 A", "Fourniture de la borne", 89900, []int64{1000, 2000}},
	{"Disjoncteur 20 A", "Disjoncteurs", 1279, []int64{2000, 5000, 12000}},
	{"Luminaire DEL encastré", "Éclairage", 2433, []int64{6000, 8000, 24000}},
	{"", "Main-d'œuvre, électricien", 9250, hours},
	{"", "Main-d'œuvre, couvreur", 7875, hours},
	{"", "Frais de déplacement", 6500, []int64{1000, 2000}},
	{"", "Location de nacelle, par jour", 32550, []int64{500, 1000, 2000}},
	{"", "Permis et inspection", 17333, []int64{1000}},
	{"", "Disposition des débris, \"conteneur 20 vg\"", 54999, []int64{1000}},
}

var projectWords = []string{
	"Réfection de toiture", "Borne de recharge", "Mise aux normes électrique", "Entrée électrique 400 A",
	"Rénovation de cuisine", "Réparation d'urgence", "Éclairage d'entrepôt", "Toit vert", "Agrandissement",
	"Chauffage électrique", "Déneigement", "Puits de lumière",
}

var callNotes = []string{
	"", "", "Infiltration d'eau près de la cheminée; rappeler après 17 h.", "Veut une borne avant l'hiver.",
	"A demandé trois soumissions, la nôtre est la deuxième.", "Disjoncteur qui saute dès que le four est allumé.",
	"Référé par Mme Côté.", "Message laissé; le client est en vacances jusqu'au 15.",
	"Accès par la ruelle, chien dans la cour.",
}

var workDescriptions = []string{
	"Installer la borne et tirer le filage jusqu'au panneau.", "Refaire le versant nord et remplacer les solins.",
	"Remplacer le panneau 100 A par un 200 A.", "Inspection annuelle de la toiture.", "Réparer la fuite au drain.",
	"Poser 24 luminaires DEL à l'entrepôt.", "Corriger les non-conformités du rapport d'inspection.",
}

var purchaseDescriptions = []string{
	"Bardeaux et membrane", "Panneau et disjoncteurs", "Bornes de recharge, livraison au chantier",
	"Location de nacelle", "Filage et boîtes", "", "Isolant et pare-vapeur",
}

var quoteTerms = []string{"", "Dépôt de 30 % à la signature.", "Net 30 jours.", "Valide 60 jours."}

var noteBodies = []string{
	"Chantier visité, photos au dossier.", "Le client confirme pour lundi 8 h.", "Rappeler pour le choix de couleur.",
	"Matériel reçu, il manque deux boîtes de bardeaux.", "Permis demandé à la Ville.", "Rapport d'inspection reçu : conforme.",
	"Pluie annoncée, travaux reportés à jeudi.", "Le voisin demande aussi une soumission.",
	"Panneau à remplacer : corrosion importante.", "Courriel envoyé avec la facture révisée.",
	"Clé dans la boîte à code, 4 chiffres au dossier.", "Client satisfait, a laissé un avis.\nDemander une photo finale.",
	"Délai du fournisseur : 3 semaines.", "Hydro-Québec doit couper le service à 9 h.",
	"Attention : fils d'aluminium à l'étage.", "Deuxième relance pour le paiement.",
}
