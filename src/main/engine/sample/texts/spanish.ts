import type { Phrases } from './phrases.ts';

export const spanish: Phrases = {
  locale: 'es-ES',
  cities: ['Fráncfort', 'Yakarta', 'Bucarest', 'Johannesburgo', 'Montreal', 'Dubái'],
  greetings: ['Hola,', 'Buenos días:', 'Buenas tardes:', 'Hola, equipo:', 'Estimados señores:'],
  closings: [
    'Gracias,\n{name}',
    'Un saludo,\n{name}',
    'Quedo a la espera de su respuesta.\n\n{name}',
    'Saludos cordiales,\n{name}',
    'Gracias de antemano.\n{first}',
  ],
  sentFrom: 'Enviado desde mi iPhone',
  ourGreetings: ['Hola, {polite}:', 'Buenos días, {polite}:', 'Hola, {polite}. Gracias por escribirnos.'],
  ourClosings: ['Un saludo,\n{agent}\nSoporte de Aurelia', 'Quedamos a su disposición.\n\n{agent}\nSoporte de Aurelia'],
  waits: [
    'He pasado su caso al equipo de pagos con todo lo que nos ha enviado. Espero una respuesta en un día laborable y le escribiré en cualquier caso.',
    'Seguimos investigándolo. De momento no necesita hacer nada; le avisaré en cuanto sepa algo más.',
    'Nuestros técnicos han podido reproducir el error. Le avisaré por aquí cuando esté corregido.',
  ],
  chasers: [
    '¿Hay alguna novedad?',
    'Hola, ¿han podido mirar mi caso?',
    'Ya ha pasado bastante tiempo. ¿Alguien puede responderme, por favor?',
    'Sigo esperando su respuesta.',
  ],
  angry: [
    'Es la tercera vez que escribo y solo recibo respuestas automáticas. ¿Pueden hacer el favor de leer mi mensaje?',
    '¡Dos días con el dinero bloqueado y nadie contesta! Si hoy no tengo respuesta, pondré una reclamación en consumo.',
    'Muy decepcionado. Para cobrar comisiones son rápidos, para atender al cliente no tanto.',
  ],
  thanks: [
    'Perfecto, ya me ha llegado. ¡Muchas gracias!',
    'Solucionado, gracias por la paciencia.',
    'Muchas gracias por la ayuda, pueden cerrar el caso.',
    '¡Genial, funcionó! 🙌',
  ],
  oneMore: [
    '¡Gracias! Una cosa más: ¿puedo cambiar el correo de la cuenta sin perder el historial?',
    'Entendido. ¿Y hay forma de recibir un aviso cuando salga un retiro?',
  ],
  topics: {
    withdrawal: {
      subjects: ['Retiro pendiente desde el {date}', 'El retiro {order} no llega', '¿Dónde está mi retiro?'],
      openings: [
        'El {date}, hacia las {time}, pedí un retiro de {amount} y desde entonces aparece como «pendiente». Los anteriores nunca tardaron más de media hora.\n\nLa referencia es {order}. ¿Pueden comprobar si se ha quedado atascado?',
        'Mi retiro {order} lleva más de un día «en proceso». Confirmé el correo y el código de verificación. No hay identificador de transacción, así que parece que no ha salido de su plataforma.',
        'Estoy intentando enviar {amount} a mi propia billetera ({address}). El estado ha pasado dos veces de «aprobado» a «pendiente». Necesito los fondos antes del viernes.',
      ],
      asks: [
        'Veo que {order} espera una revisión manual porque la dirección de destino es nueva. Para liberarlo, confírmenos que la billetera es suya y qué aplicación utiliza.',
        '¿Podría enviarme una captura de la página del retiro en la que se vean la referencia y la dirección de destino?',
      ],
      details: [
        'Sí, es mi propia billetera física, la configuré el mes pasado. La dirección es {address}.',
        'Le paso los datos: referencia {order}, {amount}, red {network}, solicitado el {date} a las {time}. No he cambiado nada desde entonces.',
      ],
      answers: [
        'Buenas noticias: la revisión ha terminado y {order} ya ha salido. El identificador de la transacción es\n\n{tx}\n\nTras unas confirmaciones lo verá en su billetera.',
        'El retiro quedó retenido por una regla automática para direcciones nuevas. Lo he liberado y he añadido la dirección a su lista de confianza.',
      ],
    },
    'wrong-network': {
      subjects: ['Envié {asset} por la red equivocada', 'Depósito por {wrongNetwork} no acreditado'],
      openings: [
        'Cometí un error: envié {amount} a mi dirección de depósito por {wrongNetwork} en lugar de {network}. El explorador lo muestra confirmado, pero mi saldo sigue igual.\n\nTransacción: {tx}\n\n¿Hay alguna forma de recuperarlo?',
        'No me aparece un depósito de {amount}. Después me di cuenta de que la billetera tenía seleccionada {wrongNetwork}. La dirección es la misma, espero que no se haya perdido. TxID: {tx}',
      ],
      asks: [
        'Normalmente se puede recuperar, porque la dirección nos pertenece en ambas redes. Envíenos el identificador completo y una captura de la billetera de origen con la dirección y el importe.',
      ],
      details: [
        'Aquí está: {tx}\nEnviado desde {address}, {amount}, el {date}.',
        'Adjunto la captura. Lo envié desde mi propia billetera, no desde otra plataforma.',
      ],
      answers: [
        'Podemos recuperarlo. El coste es de {fee} y tarda entre cinco y diez días laborables, porque las claves se guardan sin conexión. Si está de acuerdo, responda «Acepto».',
        'La recuperación ha terminado y hemos acreditado {amount} en su saldo. La próxima vez compare la red en ambos lados antes de enviar.',
      ],
    },
    'two-factor': {
      subjects: ['Cambié de teléfono y perdí el 2FA', 'Me robaron el teléfono'],
      openings: [
        'Me compré un {device} y borré el teléfono anterior sin pasar la aplicación de autenticación. Ahora no puedo entrar ni retirar.\n\nTengo acceso a este correo y a mi número. ¿Cómo puedo restablecerlo?',
        'El {date} me robaron el teléfono. La línea ya está bloqueada. Necesito que quiten el autenticador antiguo antes de que alguien haga algo.',
      ],
      asks: [
        'Le ayudo con eso. Por seguridad necesitamos un vídeo corto en el que diga la fecha de hoy y «restablecer mi 2FA de Aurelia». Súbalo en Ayuda > Recuperar la cuenta; por favor, no lo envíe por correo.',
      ],
      details: [
        'Acabo de subir el vídeo. Abrí la cuenta hace unos dos años, en primavera, y el último retiro fue de unos {amount}.',
        'Listo. Lo grabé con el {device} nuevo, debería verse bien.',
      ],
      answers: [
        'Su verificación en dos pasos se ha restablecido. En el próximo acceso tendrá que configurarla de nuevo. Los retiros quedan desactivados 24 horas por seguridad.',
      ],
    },
    kyc: {
      subjects: ['Verificación rechazada sin motivo', 'Comprobante de domicilio rechazado'],
      openings: [
        'Han rechazado mi verificación por segunda vez. Solo dice «documento no válido». Es un pasaporte vigente, con las cuatro esquinas visibles y sin reflejos. ¿Qué tiene de malo?',
        'Mandé un extracto bancario del mes pasado como comprobante de domicilio, con mi nombre completo. Rechazado a los diez minutos. Dudo que lo haya visto una persona.',
      ],
      asks: [
        'El documento se rechazó porque la dirección no coincide con la de su perfil (falta el piso). ¿Puede corregir el perfil o enviar un documento con la misma dirección?',
      ],
      details: ['Ya corregí la dirección en el perfil y subí un recibo de la luz del {date}.'],
      answers: ['Gracias, ahora coincide todo y su cuenta está verificada. El nuevo límite diario ya está activo.'],
    },
    api: {
      subjects: ['Error 429 en /v3/orders', 'Límites de la API'],
      openings: [
        'Desde el {date} a las {time} UTC recibimos 429 en /v3/orders con unas 8 peticiones por segundo, aunque la documentación habla de 20 por clave. La cabecera Retry-After siempre vale 0.\n\nUna de las peticiones: req-{code}. ¿Ha cambiado el límite?',
      ],
      asks: ['¿Podría enviarnos dos o tres identificadores de petición con el valor de X-RateLimit-Scope de esas respuestas?'],
      details: [
        'Claro:\n\nreq-{code}  X-RateLimit-Scope: subaccount\nreq-{code2}  X-RateLimit-Scope: subaccount\n\nUsamos una clave por subcuenta, cuatro en total.',
      ],
      answers: [
        'Eso lo explica: desde la versión 3.8 las subcuentas comparten 10 peticiones por segundo y la documentación no lo decía. Ya está corregida y le hemos subido el límite a 40 por ahora.',
      ],
    },
    fees: {
      subjects: ['Duda sobre la comisión de retiro', 'Nivel de comisiones incorrecto'],
      openings: [
        'Me han cobrado {fee} por un retiro que en la página de tarifas figura como gratuito. ¿Está desactualizada o se me escapa alguna condición?',
        'Por mi volumen debería estar en el nivel 3, pero las operaciones del {date} se cobraron como nivel 1. No es mucho dinero, solo quiero entenderlo.',
      ],
      asks: ['¿Me puede indicar la referencia del retiro o la hora de la operación para ver cómo se calculó?'],
      details: ['Es {order}, el {date} hacia las {time}.'],
      answers: [
        'Lo que vio es la comisión de la red, que va a los validadores y no a nosotros. Entiendo que se presta a confusión y lo he comunicado. Como gesto le hemos devuelto {fee}.',
      ],
    },
    card: {
      subjects: ['Tarjeta Aurelia rechazada', 'Pago rechazado pero importe retenido'],
      openings: [
        'Hoy me rechazaron la tarjeta en el supermercado con saldo de sobra. Pasé mucha vergüenza. En la aplicación ni siquiera aparece el intento.',
        'Pagué un hotel en {city}: rechazado dos veces, y ahora el importe está retenido también dos veces. Estoy de viaje y necesito ese dinero.',
      ],
      asks: ['¿Puede decirme la hora exacta, el nombre del comercio y los últimos cuatro dígitos? No envíe el número completo, por favor.'],
      details: ['Termina en {last4}. El primer intento fue el {date} a las {time} y el segundo, dos minutos después.'],
      answers: [
        'El terminal envió un código de comercio antiguo que nuestras reglas rechazan. Lo he levantado para su tarjeta durante siete días. Las retenciones sin pago desaparecen en tres días como máximo.',
      ],
    },
    login: {
      subjects: ['Inicio de sesión desde {city}: no fui yo', 'Creo que entraron en mi cuenta'],
      openings: [
        'Me ha llegado un aviso de acceso desde {city} (203.0.113.{octet}). No he sido yo, estoy en casa. Cambié la contraseña, pero no sé si siguen dentro. ¡Bloqueen la cuenta, por favor!',
        'En la lista de dispositivos hay uno que no es mío: «Linux, Chrome», activo a las {time}. De momento no veo retiros. ¿Qué hago?',
      ],
      asks: ['He pausado los retiros y cerrado todas las sesiones. Dígame, por favor, cuál fue su último acceso, para saber dónde buscar.'],
      details: ['Mi último acceso fue el {date} hacia las {time}, desde mi {device}. Lo demás no es mío.'],
      answers: [
        'Hemos revisado el registro: el intruso se quedó en la verificación en dos pasos y no llegó a entrar. Sus fondos no se han movido. Le recomiendo una clave de acceso, que no funciona en páginas falsas.',
      ],
    },
    impersonator: {
      subjects: ['Un supuesto soporte me pidió la frase de recuperación', 'Escribí mi frase de recuperación en una página falsa'],
      openings: [
        'Después de preguntar en el grupo me escribió {handle}, dice que es de Aurelia y me pide las 12 palabras para «sincronizar» la billetera. Es una estafa, ¿verdad?',
        'Creo que me han engañado. Una persona con su logotipo me hizo escribir la frase de recuperación en una página. Me di cuenta después. ¿Qué puedo hacer?',
      ],
      asks: [
        'Gracias por avisar. No es de los nuestros: nunca pedimos la frase de recuperación. ¿Llegó a escribirla o a firmar algo? Si es así, pase sus fondos a una billetera nueva ahora mismo.',
      ],
      details: [
        'No escribí nada, solo hablé con él unos minutos. Adjunto capturas.',
        'Sí, hace una hora. Estoy moviendo todo a una billetera nueva, quedan {amount}.',
      ],
      answers: [
        'La cuenta {handle} ha sido denunciada y retirada. Hizo bien en desconfiar: nadie de Aurelia le escribirá primero ni necesitará su frase de recuperación.',
      ],
    },
    tax: {
      subjects: ['Informe fiscal {year}', 'Saldo a 31 de diciembre de {year}'],
      openings: [
        'El informe fiscal de {year} termina en septiembre. Mi gestor necesita el año completo, si puede ser en CSV con el valor en euros.',
        '¿Dónde puedo descargar el saldo a 31 de diciembre de {year}? Me lo pide Hacienda.',
      ],
      asks: ['¿Para qué país es el informe y qué método necesita, FIFO o coste medio? Lo generamos de nuevo.'],
      details: ['FIFO, por favor. El plazo acaba a fin de mes, así que cuanto antes mejor.'],
      answers: ['El informe completo ya está en sus documentos. El anterior se cortó por una migración nuestra; le pedimos disculpas.'],
    },
    referral: {
      subjects: ['No llegó el bono por invitar'],
      openings: [
        'Un amigo se registró con mi enlace el {date}, se verificó y operó. Prometían un bono para los dos en 48 horas y no hemos recibido nada.',
      ],
      asks: ['¿Me dice las primeras letras del correo con el que se registró su amigo? Así veo si se contó el enlace.'],
      details: ['Empieza por «{code}». Dice que abrió el enlace en el móvil y se registró en el portátil.'],
      answers: ['El enlace se perdió entre los dos dispositivos. He vinculado las cuentas a mano y ambos bonos aparecerán en una hora.'],
    },
    crash: {
      subjects: ['La aplicación se cierra sola ({device})', 'Pantalla negra tras actualizar'],
      openings: [
        'Desde que actualicé a la {appVersion}, la aplicación se cierra al abrir la cartera. Tengo un {device} con el sistema al día. Reinicié, reinstalé y borré la caché, y nada.',
        'Versión {appVersion} en un {device}: pantalla negra y vuelta al inicio. En la web todo funciona. Adjunto una captura.',
      ],
      asks: [
        '¿Puede abrir Ajustes > Acerca de y enviarme el identificador de instalación y la versión del sistema? ¿Ocurre también sin wifi?',
      ],
      details: ['Identificador {code}. Con datos móviles pasa lo mismo. Si abro antes otra pestaña, aguanta.'],
      answers: ['Está corregido en la versión de hoy. Actualice y ábrala una vez con conexión. Gracias por una descripción tan precisa.'],
    },
    deposit: {
      subjects: ['Transferencia bancaria sin acreditar', 'Transferencia sin referencia'],
      openings: [
        'Hice una transferencia el {date}, me la cargaron el mismo día y tres días laborables después sigue sin aparecer. Puse la referencia de la aplicación.',
        'Creo que olvidé la referencia en la transferencia de {fiat}. ¿Se ha perdido el dinero? La cuenta bancaria está a mi nombre.',
      ],
      asks: ['¿Puede enviarnos el justificante en PDF de su banco? Necesitamos la fecha, el importe y la cuenta de origen.'],
      details: ['Adjunto el justificante: {fiat}, {date}, cuenta a mi nombre.'],
      answers: ['Localizada: sin referencia estaba pendiente de asignar. Ya hemos abonado {fiat} en su cuenta.'],
    },
    closing: {
      subjects: ['Quiero cerrar mi cuenta'],
      openings: [
        'Ya no opero y me gustaría cerrar la cuenta. Queda un resto de {asset} por debajo del mínimo de retiro. ¿Qué pasa con él?',
      ],
      asks: [
        'Puedo cerrarla. Confirme antes que ha descargado sus extractos, porque después no estarán disponibles. El resto se puede convertir y pagar una vez sin coste.',
      ],
      details: ['Los extractos están guardados. Páguenme el resto y cierren todo.'],
      answers: [
        'La cuenta está cerrada y el resto, pagado. Conservamos los registros el tiempo que exige la ley; lo demás se borra en 30 días.',
      ],
    },
  },
};
